//! Files of activities as other programs export them: Odoo's `mail.activity`, EspoCRM's calls, meetings and tasks, HubSpot's
//! tasks and calls, Pipedrive's activities.

use super::Export;
use model::Kind;

const CALLS_OF_HUBSPOT: &[&str] = &["Call Title", "Activity date"];
const CALLS_OF_ESPOCRM: &[&str] = &["name", "status", "direction", "dateStart"];
const MEETINGS_OF_ESPOCRM: &[&str] = &["name", "status", "dateStart", "dateEnd"];

/// What the file alone says of all its rows.
pub(super) fn given(signature: &[&str]) -> &'static [(&'static str, &'static str)] {
    match signature {
        CALLS_OF_HUBSPOT => &[("kind", "call"), ("state", "done")],
        CALLS_OF_ESPOCRM => &[("kind", "call")],
        MEETINGS_OF_ESPOCRM => &[("kind", "meeting")],
        _ => &[],
    }
}

pub(super) const EXPORTS: &[Export] = &[
    Export {
        program: "hubspot",
        entity: Kind::Activity,
        signature: &["Task Title", "Task Status"],
        columns: &[
            ("Record ID", "external_key"),
            ("Task Title", "subject"),
            ("Task Type", "kind"),
            ("Task Status", "state"),
            ("Due date", "due"),
            ("Assigned to", "owner"),
            ("Activity assigned to", "owner"),
            ("Task notes", "text"),
            ("Notes", "text"),
            ("Completed at", "done_at"),
            ("Associated Company", "company"),
            ("Associated Contact", "contact"),
            ("Associated Deal", "opportunity"),
        ],
        values: &[("kind", "TODO", "task"), ("kind", "To-do", "task")],
    },
    Export {
        program: "hubspot",
        entity: Kind::Activity,
        signature: CALLS_OF_HUBSPOT,
        columns: &[
            ("Record ID", "external_key"),
            ("Call Title", "subject"),
            ("Activity date", "done_at"),
            ("Activity assigned to", "owner"),
            ("Call notes", "text"),
            ("Call outcome", "outcome"),
            ("Associated Company", "company"),
            ("Associated Contact", "contact"),
            ("Associated Deal", "opportunity"),
        ],
        values: &[],
    },
    Export {
        program: "pipedrive",
        entity: Kind::Activity,
        signature: &["Activity - Subject", "Activity - Type"],
        columns: &[
            ("Activity - ID", "external_key"),
            ("Activity - Pipedrive System ID", "external_key"),
            ("Activity - Subject", "subject"),
            ("Activity - Type", "kind"),
            ("Activity - Done", "state"),
            ("Activity - Due date", "due"),
            ("Activity - Due time", "due_time"),
            ("Activity - Marked as done time", "done_at"),
            ("Activity - Note", "text"),
            ("Activity - Public description", "text"),
            ("Activity - Assigned to user", "owner"),
            ("Activity - Organization", "company"),
            ("Activity - Contact person", "contact"),
            ("Activity - Deal", "opportunity"),
            ("Activity - Lead", "lead"),
        ],
        values: &[],
    },
    Export {
        program: "espocrm",
        entity: Kind::Activity,
        signature: CALLS_OF_ESPOCRM,
        columns: &[
            ("id", "external_key"),
            ("name", "subject"),
            ("status", "state"),
            ("dateStart", "due"),
            ("accountName", "company"),
            ("contactName", "contact"),
            ("assignedUserName", "owner"),
            ("description", "text"),
        ],
        values: &[],
    },
    Export {
        program: "espocrm",
        entity: Kind::Activity,
        signature: MEETINGS_OF_ESPOCRM,
        columns: &[
            ("id", "external_key"),
            ("name", "subject"),
            ("status", "state"),
            ("dateStart", "due"),
            ("accountName", "company"),
            ("contactName", "contact"),
            ("assignedUserName", "owner"),
            ("description", "text"),
        ],
        values: &[],
    },
    Export {
        program: "espocrm",
        entity: Kind::Activity,
        signature: &["name", "status", "priority", "dateEnd"],
        columns: &[
            ("id", "external_key"),
            ("name", "subject"),
            ("status", "state"),
            ("dateEnd", "due"),
            ("dateEndDate", "due"),
            ("dateCompleted", "done_at"),
            ("accountName", "company"),
            ("contactName", "contact"),
            ("assignedUserName", "owner"),
            ("description", "text"),
        ],
        values: &[],
    },
    Export {
        program: "odoo",
        entity: Kind::Activity,
        signature: &["Activity Type", "Due Date", "Summary"],
        columns: &[
            ("External ID", "external_key"),
            ("ID", "external_key"),
            ("Summary", "subject"),
            ("Activity Type", "kind"),
            ("Due Date", "due"),
            ("Done Date", "done_at"),
            ("Assigned to", "owner"),
            ("Note", "text"),
            ("Feedback", "outcome"),
            ("State", "state"),
        ],
        values: &[
            ("kind", "Upload Document", "task"),
            ("kind", "Reminder", "task"),
            ("kind", "Exception", "task"),
            ("kind", "Call for Demo", "call"),
        ],
    },
    Export {
        program: "odoo",
        entity: Kind::Activity,
        signature: &["activity_type_id", "date_deadline", "summary"],
        columns: &[
            ("id", "external_key"),
            ("summary", "subject"),
            ("activity_type_id", "kind"),
            ("date_deadline", "due"),
            ("date_done", "done_at"),
            ("user_id", "owner"),
            ("note", "text"),
            ("feedback", "outcome"),
            ("state", "state"),
        ],
        values: &[
            ("kind", "Upload Document", "task"),
            ("kind", "Reminder", "task"),
            ("kind", "Exception", "task"),
        ],
    },
];

//! Who looks at the gallery's pages, and when.

use model::Language;
use model::jiff::Timestamp;
use model::jiff::tz::TimeZone;
use tracte_ui::{Markup, May, Shell, ShellUser, Theme};

/// A page: the name of its file and its markup.
pub(crate) type Named = (&'static str, Markup);

/// 23 November 2026, 17:05 in Girona.
pub(crate) fn now() -> Timestamp {
    "2026-11-23T16:05:00Z".parse().unwrap_or(Timestamp::UNIX_EPOCH)
}

pub(crate) fn shell(language: Language) -> Shell {
    Shell {
        language,
        words: Default::default(),
        theme: Theme::System,
        company: "Fusteria Casadevall".to_owned(),
        user: Some(ShellUser {
            overdue: 3,
            reminders: 2,
            name: "Marta Puigdomènech i Serra".to_owned(),
            role: "Administració".to_owned(),
            may: May::ALL,
            inbox: Some("12".to_owned()),
        }),
        path: "/".to_owned(),
        query: String::new(),
        notice: None,
        notice_undo: None,
        as_of: None,
        now: now(),
        zone: TimeZone::get("Europe/Madrid").unwrap_or(TimeZone::UTC),
    }
}

/// The same without anybody signed in.
pub(crate) fn stranger(language: Language) -> Shell {
    Shell { user: None, ..shell(language) }
}

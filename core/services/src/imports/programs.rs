//! Files as other programs export them, told by their headers, and where each of their columns goes. The names of columns
//! are those of Odoo 16–18 (labels, and technical names of its import-compatible export), EspoCRM 7–9 (attribute names),
//! HubSpot and Pipedrive (labels in English); those of other languages stand in files of their own.

mod activities;
mod catalan;
mod spanish;

use super::headers::bare;
use model::Kind;

/// One kind of file of one program.
pub(crate) struct Export {
    pub(crate) program: &'static str,
    pub(crate) entity: Kind,
    /// Columns that every such file has and no other.
    signature: &'static [&'static str],
    /// Header and field.
    columns: &'static [(&'static str, &'static str)],
    /// Values that mean something else here: field, value, what it is put as. `open` is the first stage.
    pub(crate) values: &'static [(&'static str, &'static str, &'static str)],
}

/// Where the first open stage of the first pipeline is meant.
pub(crate) const FIRST_STAGE: &str = "open";
/// Before the key of one of the stages that companies begin with.
pub(crate) const STAGE_OF: &str = "stage:";
/// What says no more than that nothing has ended: the first stage, unless another column says which.
pub(crate) const STILL_OPEN: &str = "still-open";

impl Export {
    /// What every row of such a file is, where no column says it: field and value.
    pub(crate) fn given(&self) -> &'static [(&'static str, &'static str)] {
        activities::given(self.signature)
    }

    /// Where a column of that header goes.
    pub(crate) fn target(&self, header: &str) -> Option<&'static str> {
        let header = bare(header);
        self.columns.iter().find(|(name, _)| bare(name) == header).map(|(_, key)| *key)
    }
}

/// The export that a header is of, for what its rows are to become; HubSpot's contacts may become leads, too.
pub(crate) fn recognised(headers: &[String], entity: Kind) -> Option<&'static Export> {
    let headers: Vec<String> = headers.iter().map(|header| bare(header)).collect();
    let has = |name: &&str| headers.contains(&bare(name));
    all().find(|export| export.entity == entity && export.signature.iter().all(&has))
}

fn all() -> impl Iterator<Item = &'static Export> {
    let other_languages = spanish::EXPORTS.iter().chain(catalan::EXPORTS);
    EXPORTS.iter().chain(activities::EXPORTS).chain(other_languages)
}

/// Whether it is the name of a program whose files are known.
pub(crate) fn is_known(program: &str) -> bool {
    all().any(|export| export.program == program)
}

/// Whether files of the program mend this value from the beginning, without anybody's doing.
pub(crate) fn mends(program: &str, entity: Kind, field: &str, value: &str) -> bool {
    let mut values = all()
        .filter(|export| export.program == program && export.entity == entity)
        .flat_map(|export| export.values);
    values.any(|(of, known, _)| *of == field && *known == value)
}

const HUBSPOT_PERSON: &[(&str, &str)] = &[
    ("Record ID", "external_key"),
    ("Email", "email"),
    ("Phone Number", "phone"),
    ("Street Address", "address"),
    ("City", "town"),
    ("Postal Code", "postcode"),
    ("Country/Region", "country"),
    ("Job Title", "job_title"),
    ("First Name", "given_name"),
    ("Last Name", "family_name"),
    ("Mobile Phone Number", "mobile"),
    ("Associated Company", "company"),
    ("Company Name", "company"),
    ("Contact owner", "owner"),
    ("Notes", "description"),
];
const STAGES_OF_OTHERS: &[(&str, &str, &str)] = &[
    ("stage", "Closed Won", "won"),
    ("stage", "Closed Lost", "lost"),
    ("stage", "closedwon", "won"),
    ("stage", "closedlost", "lost"),
    ("stage", "Won", "won"),
    ("stage", "Lost", "lost"),
    ("stage", "Open", STILL_OPEN),
    ("stage", "New", FIRST_STAGE),
];
const STAGES_OF_ODOO: &[(&str, &str, &str)] = &[
    ("stage", "New", FIRST_STAGE),
    ("stage", "Qualified", "stage:analysis"),
    ("stage", "Proposition", "stage:offer"),
    ("stage", "Won", "won"),
    ("stage", "Lost", "lost"),
];

const EXPORTS: &[Export] = &[
    Export {
        program: "hubspot",
        entity: Kind::Opportunity,
        signature: &["Record ID", "Deal Name", "Deal Stage"],
        columns: &[
            ("Record ID", "external_key"),
            ("Deal Name", "name"),
            ("Deal Stage", "stage"),
            ("Amount", "amount"),
            ("Currency", "currency"),
            ("Close Date", "expected_close"),
            ("Deal owner", "owner"),
            ("Associated Company", "company"),
            ("Company Name", "company"),
            ("Associated Contact", "contact"),
            ("Closed Lost Reason", "lost_reason"),
            ("Deal Description", "description"),
            ("Pipeline", "description"),
        ],
        values: STAGES_OF_OTHERS,
    },
    Export {
        program: "hubspot",
        entity: Kind::Company,
        signature: &["Record ID", "Company name"],
        columns: &[
            ("Record ID", "external_key"),
            ("Company name", "name"),
            ("Website URL", "website"),
            ("Company Domain Name", "website"),
            ("Phone Number", "phone"),
            ("Street Address", "address"),
            ("City", "town"),
            ("Postal Code", "postcode"),
            ("State/Region", "zone"),
            ("Country/Region", "country"),
            ("Industry", "industry"),
            ("Number of Employees", "employees"),
            ("Company owner", "owner"),
            ("Description", "description"),
        ],
        values: &[],
    },
    Export {
        program: "hubspot",
        entity: Kind::Contact,
        signature: &["Record ID", "First Name", "Last Name"],
        columns: HUBSPOT_PERSON,
        values: &[],
    },
    Export {
        program: "hubspot",
        entity: Kind::Lead,
        signature: &["Record ID", "First Name", "Last Name"],
        columns: &[
            ("Record ID", "external_key"),
            ("First Name", "name"),
            ("Last Name", "name"),
            ("Email", "email"),
            ("Phone Number", "phone"),
            ("Street Address", "address"),
            ("City", "town"),
            ("Postal Code", "postcode"),
            ("State/Region", "zone"),
            ("Country/Region", "country"),
            ("Website URL", "website"),
            ("Industry", "industry"),
            ("Associated Company", "company"),
            ("Company Name", "company"),
            ("Lead Status", "status"),
            ("Job Title", "description"),
            ("Notes", "description"),
        ],
        values: &[],
    },
    Export {
        program: "pipedrive",
        entity: Kind::Opportunity,
        signature: &["Deal - Title", "Deal - Value"],
        columns: &[
            ("Deal - ID", "external_key"),
            ("Deal - Pipedrive System ID", "external_key"),
            ("Deal - Title", "name"),
            ("Deal - Value", "amount"),
            ("Deal - Currency of Value", "currency"),
            ("Deal - Currency", "currency"),
            ("Deal - Organization", "company"),
            ("Organization", "company"),
            ("Deal - Contact person", "contact"),
            ("Contact person", "contact"),
            ("Deal - Status", "stage"),
            ("Deal - Stage", "stage"),
            ("Deal - Stage (pipeline)", "description"),
            ("Deal - Probability", "probability"),
            ("Deal - Expected close date", "expected_close"),
            ("Deal - Won time", "closed_at"),
            ("Deal - Lost time", "closed_at"),
            ("Deal - Closed on", "closed_at"),
            ("Deal - Deal closed on", "closed_at"),
            ("Deal - Lost reason", "lost_reason"),
            ("Deal - Owner", "owner"),
        ],
        values: STAGES_OF_OTHERS,
    },
    Export {
        program: "pipedrive",
        entity: Kind::Contact,
        signature: &["Person - Name"],
        columns: &[
            ("Person - ID", "external_key"),
            ("Person - Pipedrive System ID", "external_key"),
            ("Person - First name", "given_name"),
            ("Person - Last name", "family_name"),
            ("Person - Name", "full_name"),
            ("Person - Organization", "company"),
            ("Organization", "company"),
            ("Person - Email - Work", "email"),
            ("Person - Email", "email"),
            ("Person - Phone - Work", "phone"),
            ("Person - Phone", "phone"),
            ("Person - Phone - Mobile", "mobile"),
            ("Person - Job title", "job_title"),
            ("Person - Birthday", "birthday"),
            ("Person - Owner", "owner"),
            ("Person - Notes", "description"),
        ],
        values: &[],
    },
    Export {
        program: "pipedrive",
        entity: Kind::Company,
        signature: &["Organization - Name"],
        columns: &[
            ("Organization - ID", "external_key"),
            ("Organization - Pipedrive System ID", "external_key"),
            ("Organization - Name", "name"),
            ("Organization - Address", "address"),
            ("Organization - Address - City/town/village/locality of Address", "town"),
            ("Organization - Address - ZIP/Postal code of Address", "postcode"),
            ("Organization - Address - Country of Address", "country"),
            ("Organization - Website", "website"),
            ("Organization - Industry", "industry"),
            ("Organization - Number of employees", "employees"),
            ("Organization - Owner", "owner"),
        ],
        values: &[],
    },
    Export {
        program: "pipedrive",
        entity: Kind::Lead,
        signature: &["Lead - Title"],
        columns: &[
            ("Lead - ID", "external_key"),
            ("Lead - Title", "interest"),
            ("Lead - Value", "amount"),
            ("Lead - Currency of Value", "currency"),
            ("Lead - Currency", "currency"),
            ("Lead - Organization", "company"),
            ("Organization - Name", "company"),
            ("Organization", "company"),
            ("Lead - Contact person", "name"),
            ("Person - Name", "name"),
            ("Person - Email - Work", "email"),
            ("Person - Phone - Work", "phone"),
            ("Lead - Source", "source"),
            ("Lead - Labels", "description"),
        ],
        values: &[],
    },
    Export {
        program: "espocrm",
        entity: Kind::Opportunity,
        signature: &["name", "stage", "accountName"],
        columns: &[
            ("id", "external_key"),
            ("name", "name"),
            ("accountName", "company"),
            ("contactName", "contact"),
            ("stage", "stage"),
            ("amount", "amount"),
            ("amountCurrency", "currency"),
            ("probability", "probability"),
            ("leadSource", "source"),
            ("closeDate", "expected_close"),
            ("assignedUserName", "owner"),
            ("campaignName", "campaign"),
            ("description", "description"),
        ],
        values: STAGES_OF_OTHERS,
    },
    Export {
        program: "espocrm",
        entity: Kind::Contact,
        signature: &["firstName", "lastName", "emailAddress"],
        columns: &[
            ("id", "external_key"),
            ("firstName", "given_name"),
            ("lastName", "family_name"),
            ("accountName", "company"),
            ("title", "job_title"),
            ("emailAddress", "email"),
            ("phoneNumber", "phone"),
            ("addressStreet", "address"),
            ("addressCity", "town"),
            ("addressPostalCode", "postcode"),
            ("addressCountry", "country"),
            ("assignedUserName", "owner"),
            ("description", "description"),
        ],
        values: &[],
    },
    Export {
        program: "espocrm",
        entity: Kind::Lead,
        signature: &["status", "emailAddress", "accountName"],
        columns: &[
            ("id", "external_key"),
            ("firstName", "name"),
            ("lastName", "name"),
            ("accountName", "company"),
            ("emailAddress", "email"),
            ("phoneNumber", "phone"),
            ("website", "website"),
            ("industry", "industry"),
            ("source", "source"),
            ("opportunityAmount", "amount"),
            ("opportunityAmountCurrency", "currency"),
            ("addressStreet", "address"),
            ("addressCity", "town"),
            ("addressState", "zone"),
            ("addressPostalCode", "postcode"),
            ("addressCountry", "country"),
            ("campaignName", "campaign"),
            ("description", "description"),
        ],
        values: &[
            ("source", "Web Site", "web"),
            ("source", "Call", "phone"),
            ("source", "Email", "email"),
            ("source", "Partner", "referral"),
        ],
    },
    Export {
        program: "espocrm",
        entity: Kind::Company,
        signature: &["name", "billingAddressCity"],
        columns: &[
            ("id", "external_key"),
            ("name", "name"),
            ("website", "website"),
            ("emailAddress", "email"),
            ("phoneNumber", "phone"),
            ("type", "kind"),
            ("industry", "industry"),
            ("billingAddressStreet", "address"),
            ("billingAddressCity", "town"),
            ("billingAddressState", "zone"),
            ("billingAddressPostalCode", "postcode"),
            ("billingAddressCountry", "country"),
            ("shippingAddressStreet", "delivery_address"),
            ("assignedUserName", "owner"),
            ("description", "description"),
        ],
        values: &[
            ("kind", "Customer", "client"),
            ("kind", "Investor", "partner"),
            ("kind", "Partner", "partner"),
            ("kind", "Reseller", "partner"),
        ],
    },
    Export {
        program: "odoo",
        entity: Kind::Opportunity,
        signature: &["Opportunity", "Expected Revenue"],
        columns: &[
            ("External ID", "external_key"),
            ("ID", "external_key"),
            ("Opportunity", "name"),
            ("Customer", "company"),
            ("Company Name", "company"),
            ("Contact Name", "contact"),
            ("Expected Revenue", "amount"),
            ("Probability", "probability"),
            ("Stage", "stage"),
            ("Salesperson", "owner"),
            ("Expected Closing", "expected_close"),
            ("Closed Date", "closed_at"),
            ("Lost Reason", "lost_reason"),
            ("Source", "source"),
            ("Campaign", "campaign"),
            ("Notes", "description"),
        ],
        values: STAGES_OF_ODOO,
    },
    Export {
        program: "odoo",
        entity: Kind::Opportunity,
        signature: &["expected_revenue", "stage_id"],
        columns: &[
            ("id", "external_key"),
            ("name", "name"),
            ("partner_id", "company"),
            ("partner_name", "company"),
            ("contact_name", "contact"),
            ("expected_revenue", "amount"),
            ("company_currency", "currency"),
            ("currency_id", "currency"),
            ("probability", "probability"),
            ("stage_id", "stage"),
            ("user_id", "owner"),
            ("date_deadline", "expected_close"),
            ("date_closed", "closed_at"),
            ("lost_reason_id", "lost_reason"),
            ("source_id", "source"),
            ("campaign_id", "campaign"),
            ("description", "description"),
        ],
        values: STAGES_OF_ODOO,
    },
    Export {
        program: "odoo",
        entity: Kind::Lead,
        signature: &["Contact Name", "Company Name"],
        columns: &[
            ("External ID", "external_key"),
            ("ID", "external_key"),
            ("Opportunity", "interest"),
            ("Lead", "interest"),
            ("Contact Name", "name"),
            ("Company Name", "company"),
            ("Customer", "company"),
            ("Email", "email"),
            ("Phone", "phone"),
            ("Street", "address"),
            ("Zip", "postcode"),
            ("City", "town"),
            ("State", "zone"),
            ("Country", "country"),
            ("Website", "website"),
            ("Source", "source"),
            ("Campaign", "campaign"),
            ("Expected Revenue", "amount"),
            ("Notes", "description"),
        ],
        values: &[],
    },
    Export {
        program: "odoo",
        entity: Kind::Contact,
        signature: &["Name", "Related Company"],
        columns: &[
            ("External ID", "external_key"),
            ("ID", "external_key"),
            ("Name", "full_name"),
            ("Related Company", "company"),
            ("Job Position", "job_title"),
            ("Email", "email"),
            ("Phone", "phone"),
            ("Mobile", "mobile"),
            ("Street", "address"),
            ("Zip", "postcode"),
            ("City", "town"),
            ("Country", "country"),
            ("Notes", "description"),
        ],
        values: &[],
    },
    Export {
        program: "odoo",
        entity: Kind::Company,
        signature: &["Name", "Tax ID"],
        columns: &[
            ("External ID", "external_key"),
            ("ID", "external_key"),
            ("Name", "name"),
            ("Tax ID", "tax_id"),
            ("Email", "email"),
            ("Phone", "phone"),
            ("Website", "website"),
            ("Website Link", "website"),
            ("Industry", "industry"),
            ("Street", "address"),
            ("Zip", "postcode"),
            ("City", "town"),
            ("State", "zone"),
            ("Country", "country"),
            ("Salesperson", "owner"),
            ("Notes", "description"),
        ],
        values: &[],
    },
];

//! Web forms: what strangers fill in on a page of the company's, and what was sent but not confirmed yet.

use crate::record::meta_field;
use crate::{
    FieldErrors, FormSubmissionId, IndexEntry, Kind, LABEL_CHARACTERS_MAX, Label, Language, Meta, Piece,
    Record, UserId, own_name,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// More fields than this nobody fills in.
pub const FORM_FIELDS_MAX: usize = 20;
/// Everybody who is told gets a letter for each lead.
pub const FORM_TOLD_MAX: usize = 10;
/// Sites that may show the form in a frame: they stand in a header of each answer.
pub const FORM_SITES_MAX: usize = 5;
/// What a form says above its fields, under its button, and of consent: three languages of each fit one record.
pub const FORM_TEXT_CHARACTERS_MAX: usize = 300;
/// What stands below the label of a field.
pub const FORM_HINT_CHARACTERS_MAX: usize = 120;
/// As leads keep it.
const CAMPAIGN_CHARACTERS_MAX: usize = 200;
const SITE_CHARACTERS_MAX: usize = 200;

/// The built-in fields of leads that strangers can be asked for; own ones come beside them.
pub const FORM_BUILT_IN: [&str; 14] = [
    "name",
    "company",
    "tax_id",
    "email",
    "phone",
    "address",
    "postcode",
    "town",
    "country",
    "website",
    "industry",
    "interest",
    "amount",
    "description",
];

/// One field of a form, in its place.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FormField {
    /// One of [`FORM_BUILT_IN`], or `custom.<name>`.
    pub field: String,
    #[serde(default)]
    pub required: bool,
    /// What visitors read; absent: what the field itself is called.
    #[serde(default, skip_serializing_if = "Label::is_empty")]
    pub label: Label,
    /// Below the label; absent: the help of the field itself, where it has one.
    #[serde(default, skip_serializing_if = "Label::is_empty")]
    pub hint: Label,
}

/// A form. Its key stands in its address: `/f/<key>`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct WebForm {
    /// What the company calls it.
    pub label: Label,
    /// What visitors read above it; absent: the label.
    pub title: Label,
    pub intro: Label,
    /// On the button; absent: «send» in the visitor's language.
    pub button: Label,
    /// After it was sent; absent: a usual sentence.
    pub thanks: Label,
    pub fields: Vec<FormField>,
    /// The key of a value of the list `consent_purposes`; absent: nobody is asked for consent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<String>,
    /// What they agree to, word for word.
    pub consent: Label,
    /// Nobody can send it without agreeing.
    pub consent_required: bool,
    /// The key of a value of the list `sources`; absent: the web.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// By this its leads are found again.
    pub campaign: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// Who gets a letter for each lead: ids of users; in a configuration file their e-mails.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<String>,
    /// Whether a lead is made only after a link in a letter was opened and confirmed.
    pub confirmed: bool,
    /// Which sites may show it in a frame: `https://www.exemple.cat`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sites: Vec<String>,
    pub archived: bool,
}

impl WebForm {
    /// Whether somebody can send it on this day.
    pub fn is_open(&self, day: Date) -> bool {
        !self.archived && self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    pub fn asks_for(&self, field: &str) -> bool {
        self.fields.iter().any(|asked| asked.field == field)
    }

    /// What visitors read above it.
    pub fn heading(&self) -> &Label {
        if self.title.is_empty() { &self.label } else { &self.title }
    }

    fn check_fields(&self, errors: &mut FieldErrors) {
        if self.fields.is_empty() {
            errors.add("fields", "form-fields", "");
        }
        if self.fields.len() > FORM_FIELDS_MAX {
            errors.add("fields", "too-many", FORM_FIELDS_MAX.to_string());
        }
        for (place, asked) in self.fields.iter().enumerate() {
            let name = format!("fields.{place}.field");
            if asked.field.is_empty() {
                errors.add(&name, "required", "");
            } else if !FORM_BUILT_IN.contains(&asked.field.as_str()) && own_name(&asked.field).is_none() {
                errors.add(&name, "form-field", &asked.field);
            } else if self.fields.iter().take(place).any(|other| other.field == asked.field) {
                errors.add(&name, "form-field-twice", "");
            }
            asked.label.check_lengths(&format!("fields.{place}.label"), LABEL_CHARACTERS_MAX, errors);
            asked.hint.check_lengths(&format!("fields.{place}.hint"), FORM_HINT_CHARACTERS_MAX, errors);
        }
        if !self.fields.is_empty() && !self.asks_for("name") && !self.asks_for("company") {
            errors.add("fields", "form-name", "");
        }
    }
}

impl Piece for WebForm {
    const KIND: Kind = Kind::WebForm;
    const SECTION: &'static str = "web_forms";

    fn label(&self) -> &Label {
        &self.label
    }

    fn is_archived(&self) -> bool {
        self.archived
    }

    /// Problem codes of its own: `form-fields`, `form-field`, `form-field-twice`, `form-name`, `form-mail-field`,
    /// `form-site`, `rule-dates`.
    fn check(&self, errors: &mut FieldErrors) {
        self.label.check("label", LABEL_CHARACTERS_MAX, errors);
        self.title.check_lengths("title", LABEL_CHARACTERS_MAX, errors);
        self.button.check_lengths("button", LABEL_CHARACTERS_MAX, errors);
        for (name, text) in [("intro", &self.intro), ("thanks", &self.thanks), ("consent", &self.consent)] {
            text.check_lengths(name, FORM_TEXT_CHARACTERS_MAX, errors);
        }
        self.check_fields(errors);
        if self.purpose.is_some() && self.consent.is_empty() {
            errors.add("consent_ca", "required", "");
        }
        match self.campaign.trim() {
            "" => errors.add("campaign", "required", ""),
            text if text.chars().count() > CAMPAIGN_CHARACTERS_MAX => {
                errors.add("campaign", "too-long", CAMPAIGN_CHARACTERS_MAX.to_string());
            }
            _ => {}
        }
        if let (Some(from), Some(to)) = (self.from, self.to)
            && to < from
        {
            errors.add("to", "rule-dates", "");
        }
        let asks_mail = self.fields.iter().any(|asked| asked.field == "email" && asked.required);
        if self.confirmed && !asks_mail {
            errors.add("confirmed", "form-mail-field", "");
        }
        if self.told.len() > FORM_TOLD_MAX {
            errors.add("told", "too-many", FORM_TOLD_MAX.to_string());
        }
        if self.sites.len() > FORM_SITES_MAX {
            errors.add("sites", "too-many", FORM_SITES_MAX.to_string());
        }
        for site in self.sites.iter().filter(|site| !is_site(site)) {
            errors.add("sites", "form-site", site);
        }
    }
}

/// Scheme, host and port alone: it goes into a header, where anything else would say something else.
fn is_site(text: &str) -> bool {
    let Some(host) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else {
        return false;
    };
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':');
    !host.is_empty() && text.len() <= SITE_CHARACTERS_MAX && host.bytes().all(is_part)
}

/// Something that was sent and waits until whoever sent it opens the link in a letter. Not journaled: as long as it is
/// not confirmed, nobody said it, and it goes without a trace.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FormSubmission {
    pub meta: Meta,
    /// The key of the form.
    pub form: String,
    pub language: Language,
    /// What was typed, by field.
    pub typed: BTreeMap<String, Vec<String>>,
    /// What shows that they agreed, where they did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// Lower-case hex SHA-256 of the secret in the link; absent until the letter goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_sha256: Option<String>,
    pub expires_at: Timestamp,
}

impl FormSubmission {
    pub fn id(&self) -> FormSubmissionId {
        FormSubmissionId(self.meta.id)
    }

    pub fn text(&self, field: &str) -> &str {
        self.typed.get(field).and_then(|texts| texts.first()).map_or("", String::as_str)
    }
}

impl Record for FormSubmission {
    const KIND: Kind = Kind::FormSubmission;
    const JOURNALED: bool = false;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        let secret = self.secret_sha256.as_ref();
        let mut entries = vec![IndexEntry::member(Kind::FormSubmission, Uuid::nil(), id)];
        entries.extend(secret.map(|secret| IndexEntry::unique(Kind::FormSubmission, "secret", secret, id)));
        entries
    }
}

impl WebForm {
    /// Who is told.
    pub fn told_users(&self) -> impl Iterator<Item = UserId> + '_ {
        self.told.iter().filter_map(|id| id.parse().ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(form: &WebForm) -> Vec<String> {
        let mut errors = FieldErrors::default();
        form.check(&mut errors);
        errors.0.into_iter().map(|problem| format!("{} {}", problem.field, problem.code)).collect()
    }

    fn asked(field: &str, required: bool) -> FormField {
        FormField { field: field.to_owned(), required, ..FormField::default() }
    }

    #[test]
    fn what_a_form_lacks_is_said_all_at_once() {
        assert_eq!(
            problems(&WebForm::default()),
            ["label_ca required", "fields form-fields", "campaign required"]
        );
        let form = WebForm {
            label: Label::new("Fira", "", ""),
            fields: vec![asked("email", false), asked("email", true), asked("owner", false)],
            campaign: "Fira".to_owned(),
            purpose: Some("marketing_email".to_owned()),
            confirmed: true,
            sites: vec!["https://a.cat; script-src *".to_owned(), "https://www.exemple.cat".to_owned()],
            ..WebForm::default()
        };
        assert_eq!(
            problems(&form),
            [
                "fields.1.field form-field-twice",
                "fields.2.field form-field",
                "fields form-name",
                "consent_ca required",
                "sites form-site"
            ]
        );
        let form = WebForm { fields: vec![asked("name", true), asked("email", false)], ..form };
        assert_eq!(problems(&form), ["consent_ca required", "confirmed form-mail-field", "sites form-site"]);
    }

    #[test]
    fn words_of_a_field_fit_and_forms_without_them_are_read() {
        let mut form = WebForm {
            label: Label::new("Fira", "", ""),
            fields: vec![asked("name", true), asked("description", false)],
            campaign: "Fira".to_owned(),
            ..WebForm::default()
        };
        form.fields[1].label = Label::new("Com us podem ajudar?", "", &"a".repeat(61));
        form.fields[1].hint = Label::new("", &"a".repeat(121), "");
        assert_eq!(problems(&form), ["fields.1.label_en too-long", "fields.1.hint_es too-long"]);
        let before: FormField = serde_json::from_str(r#"{"field":"name","required":true}"#).unwrap();
        assert_eq!(before, asked("name", true));
        assert_eq!(serde_json::to_string(&before).unwrap(), r#"{"field":"name","required":true}"#);
    }

    #[test]
    fn a_form_is_open_on_its_days() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let form =
            WebForm { from: Some(day("2026-02-01")), to: Some(day("2026-02-28")), ..WebForm::default() };
        let days =
            ["2026-01-31", "2026-02-01", "2026-02-28", "2026-03-01"].map(|text| form.is_open(day(text)));
        assert_eq!(days, [false, true, true, false]);
    }
}

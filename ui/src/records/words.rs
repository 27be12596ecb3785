//! What entities, their fields and the codes in them are called.

use crate::Locale;
use crate::labels;
use crate::messages::{find, t};
use model::{FieldKind, Frame, Kind, Language, Values};

/// A sentence or word of one entity: the message `entity-<entity>-<what>`.
pub(super) fn word(l: Locale<'_>, kind: Kind, what: &str) -> String {
    let key = format!("entity-{}-{what}", kind.as_str());
    find(l, &key, &[]).unwrap_or(key)
}

/// «Empreses».
pub fn list_title<'l>(l: impl Into<Locale<'l>>, kind: Kind) -> String {
    let l: Locale<'_> = l.into();
    if kind == Kind::Lead { crate::leads::list_title(l) } else { word(l, kind, "title") }
}

/// «Empresa».
pub fn kind_name<'l>(l: impl Into<Locale<'l>>, kind: Kind) -> String {
    word(l.into(), kind, "one")
}

/// What a built-in field is called in its entity, else what it is called anywhere.
pub fn field_label<'l>(l: impl Into<Locale<'l>>, kind: Kind, key: &str) -> String {
    let l: Locale<'_> = l.into();
    if let Some(field) = model::own_name(key).and_then(|name| l.frame().field(kind, name)) {
        return field.label.get(l.language).to_owned();
    }
    let dashed = key.replace('_', "-");
    find(l, &format!("entity-{}-field-{dashed}", kind.as_str()), &[])
        .or_else(|| find(l, &format!("entity-field-{dashed}"), &[]))
        .or_else(|| labels::field(l, key))
        .unwrap_or_else(|| key.to_owned())
}

/// What a text is called that stands for something: a country, what made an activity, what a file is.
pub fn text_name<'l>(l: impl Into<Locale<'l>>, key: &str, text: &str) -> Option<String> {
    let l: Locale<'_> = l.into();
    match key {
        "country" => Some(labels::country(l, text)),
        "rule" => match text {
            "quote-accepted" => Some(t!(l, "activities-rule-accepted")),
            "quote-question" => Some(t!(l, "activities-rule-question")),
            _ => None,
        },
        "media_type" => Some(media_type_name(l, text)),
        _ => None,
    }
}

/// What a file is, as people call it.
fn media_type_name(l: Locale<'_>, media_type: &str) -> String {
    match media_type {
        "application/pdf" => "PDF".to_owned(),
        "application/zip" => "ZIP".to_owned(),
        "text/csv" => "CSV".to_owned(),
        "text/vcard" => "vCard".to_owned(),
        "text/calendar" => t!(l, "documents-type-calendar"),
        "message/rfc822" | "application/vnd.ms-outlook" => t!(l, "documents-type-email"),
        "application/octet-stream" => t!(l, "documents-type-other"),
        _ if media_type.starts_with("image/") => t!(l, "documents-type-image"),
        _ if media_type.starts_with("text/") => t!(l, "documents-type-text"),
        _ if media_type.contains("word") => "Word".to_owned(),
        "application/vnd.oasis.opendocument.text" => "OpenDocument (ODT)".to_owned(),
        "application/vnd.oasis.opendocument.spreadsheet" => "OpenDocument (ODS)".to_owned(),
        "application/vnd.oasis.opendocument.presentation" => "OpenDocument (ODP)".to_owned(),
        _ if media_type.contains("excel") || media_type.contains("spreadsheetml") => "Excel".to_owned(),
        _ if media_type.contains("powerpoint") || media_type.contains("presentationml") => {
            "PowerPoint".to_owned()
        }
        other => other.to_owned(),
    }
}

/// Whether a number is what something costs, in the company's currency.
pub fn is_price(kind: Kind, key: &str) -> bool {
    kind == Kind::Product && matches!(key, "unit_price" | "cost")
}

/// What a code in a built-in field is called.
pub fn code_name<'l>(l: impl Into<Locale<'l>>, kind: Kind, field: &str, code: &str) -> String {
    let l: Locale<'_> = l.into();
    let values = model::specs_of(kind).iter().find(|spec| spec.key == field).map(|spec| spec.values);
    match values {
        Some(Values::List(list)) => labels::choice(l, list, code),
        Some(Values::Stages) => stage_label(l.frame(), l.language, code),
        Some(Values::Taxes) => {
            let tax = l.frame().taxes.get(code);
            tax.map_or_else(|| code.to_owned(), |tax| tax.piece.label.get(l.language).to_owned())
        }
        Some(Values::PriceBooks) => {
            let book = l.frame().price_books.get(code);
            book.map_or_else(|| code.to_owned(), |book| book.piece.label.get(l.language).to_owned())
        }
        _ if field == "language" => Language::from_code(code)
            .map_or_else(|| code.to_owned(), |language| crate::shell::language_name(language).to_owned()),
        _ => {
            let key = format!("entity-{}-{field}-{code}", kind.as_str()).replace('_', "-");
            find(l, &key, &[]).unwrap_or_else(|| code.to_owned())
        }
    }
}

/// The stage, with its pipeline where there are several.
pub fn stage_label(frame: &Frame, language: Language, code: &str) -> String {
    let Some((pipeline, stage)) = model::stage_of(frame, code) else {
        return code.to_owned();
    };
    let stage = stage.label.get(language);
    if frame.pipelines.current().count() > 1 {
        format!("{} · {stage}", pipeline.label.get(language))
    } else {
        stage.to_owned()
    }
}

/// The offered codes of a built-in choice with their names, and the one that a record has although it is not offered any
/// more.
pub(crate) fn choices(
    l: Locale<'_>,
    kind: Kind,
    field: &str,
    current: &str,
) -> Vec<crate::components::Choice> {
    let values = model::specs_of(kind).iter().find(|spec| spec.key == field).map(|spec| spec.values);
    let mut codes: Vec<String> = match values {
        Some(Values::List(list)) => return labels::choices(l, list, current),
        Some(Values::Fixed(codes)) => codes.iter().map(|code| (*code).to_owned()).collect(),
        Some(Values::Stages) => model::stages_of(l.frame())
            .filter(|(code, pipeline, _)| !pipeline.archived || code == current)
            .map(|(code, _, _)| code)
            .collect(),
        Some(Values::PriceBooks) => l.frame().price_books.current().map(|book| book.key.clone()).collect(),
        Some(Values::Taxes) => {
            let current = l.frame().taxes.current().filter(|tax| tax.piece.is_of_products());
            current.map(|tax| tax.key.clone()).collect()
        }
        _ => Vec::new(),
    };
    if !current.is_empty() && !codes.iter().any(|code| code == current) {
        codes.push(current.to_owned());
    }
    codes
        .into_iter()
        .map(|code| {
            let name = code_name(l, kind, field, &code);
            crate::components::Choice::new(code, name)
        })
        .collect()
}

/// The icon of an entity.
pub(crate) fn icon_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Company => "building-2",
        Kind::Contact => "user",
        Kind::Opportunity => "target",
        Kind::Product | Kind::Price => "tag",
        Kind::Activity => "calendar-days",
        Kind::Quote => "file-text",
        Kind::Document => "file",
        _ => "inbox",
    }
}

/// Whether an input of this kind is a whole line of the form.
pub(super) fn is_wide(kind: FieldKind) -> bool {
    matches!(kind, FieldKind::LongText)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_in_texts_have_words() {
        let check = |key: &str, text: &str, expected: Option<&str>| {
            assert_eq!(text_name(Language::Ca, key, text).as_deref(), expected, "{text}");
        };
        check("rule", "quote-question", Some("Pregunta d’un client"));
        check("rule", "hand-written", None);
        check("media_type", "application/msword", Some("Word"));
        let office = "application/vnd.openxmlformats-officedocument";
        check("media_type", &format!("{office}.wordprocessingml.document"), Some("Word"));
        check("media_type", &format!("{office}.spreadsheetml.sheet"), Some("Excel"));
        check("media_type", &format!("{office}.presentationml.presentation"), Some("PowerPoint"));
        check("media_type", "application/vnd.oasis.opendocument.text", Some("OpenDocument (ODT)"));
        check("media_type", "image/png", Some("Imatge"));
        check("title", "image/png", None);
    }
}

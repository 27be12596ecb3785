//! The fields of leads as lists show them: their names, their choices, their values.

use super::views::Names;
use model::uuid::Uuid;
use model::{Currency, FieldKind, FieldValue, FilterField, Frame, Kind, Lead, LeadStatus, Money};
use services::fields::{self, Field, FieldChoices};
use services::leads::FileColumn;
use services::{App, Ctx, Error, links, settings, users};
use std::sync::Arc;
use ui::Locale;
use ui::components::Choice;
use ui::filters::FilterFieldView;
use ui::leads::{ListCell, ListColumn, ListGroup};

/// The fields that filters, columns and groups can name, in the reader's words.
pub(in crate::pages) fn field_views(
    app: &App,
    ctx: &Ctx,
    l: Locale<'_>,
) -> Result<Vec<FilterFieldView>, Error> {
    let people: Vec<Choice> = users::list(app, ctx)?
        .into_iter()
        .filter(|user| user.active)
        .map(|user| Choice::new(user.id().to_string(), user.name))
        .collect();
    let teams: Vec<Choice> = users::teams(app, ctx)?
        .into_iter()
        .map(|team| Choice::new(team.meta.id.to_string(), team.name))
        .collect();
    let choices = |field: &Field| match (&field.choices, field.kind) {
        (FieldChoices::List(list), _) => ui::labels::choices(l, list, ""),
        (FieldChoices::Fixed(codes), _) => {
            codes.iter().map(|code| Choice::new(*code, code_name(l, field, code))).collect()
        }
        (FieldChoices::Own, FieldKind::User) => {
            ui::filters::people_choices(l, FieldKind::User, people.clone())
        }
        (FieldChoices::Own, FieldKind::Team) => {
            ui::filters::people_choices(l, FieldKind::Team, teams.clone())
        }
        (FieldChoices::Own, _) => Vec::new(),
    };
    let view = |field: Field| FilterFieldView {
        label: label(l, &field),
        kind: field.kind,
        choices: choices(&field),
        key: field.key,
    };
    Ok(fields::specs_of(&app.frame(), Kind::Lead).into_iter().map(view).collect())
}

fn label(l: Locale<'_>, field: &Field) -> String {
    match &field.label {
        Some(label) => label.get(l.language).to_owned(),
        None => ui::leads::field_label(l, &field.key),
    }
}

fn code_name(l: Locale<'_>, field: &Field, code: &str) -> String {
    match &field.choices {
        FieldChoices::List(list) => ui::labels::choice(l, list, code),
        _ => LeadStatus::from_code(code)
            .map_or_else(|| code.to_owned(), |status| ui::labels::lead_status(l, status)),
    }
}

/// Whether leads can be put together by this field.
pub(super) fn can_group(known: &[FilterField], key: &str) -> bool {
    known.iter().any(|field| {
        field.key == key && matches!(field.kind, FieldKind::Choice | FieldKind::User | FieldKind::Team)
    })
}

/// What a group is called.
pub(super) fn group_label(
    l: Locale<'_>,
    fields: &[FilterFieldView],
    key: &str,
    code: &str,
    names: &Names,
) -> String {
    if code.is_empty() {
        return ui::leads::no_value(l);
    }
    let field = fields.iter().find(|field| field.key == key);
    let named = field.and_then(|field| field.choices.iter().find(|choice| choice.value == code));
    let person = || code.parse::<Uuid>().ok().and_then(|id| names.get(id));
    named.map(|choice| choice.label.clone()).or_else(person).unwrap_or_else(|| code.to_owned())
}

/// Groups in the order of the choices; what is no choice any more after them, leads without a value last.
pub(super) fn in_order(groups: &mut [ListGroup], fields: &[FilterFieldView], key: &str) {
    let Some(field) = fields.iter().find(|field| field.key == key) else { return };
    groups.sort_by_cached_key(|group| {
        field.choices.iter().position(|choice| choice.label == group.label).unwrap_or(usize::MAX)
    });
}

/// The columns of one list, with all that their values need.
pub(super) struct Columns<'a> {
    app: &'a App,
    ctx: &'a Ctx,
    l: Locale<'a>,
    frame: Arc<Frame>,
    names: Names,
    currency: Currency,
    fields: Vec<Field>,
}

/// What a list shows of a lead beside its name before anybody chooses.
const USUAL: [&str; 5] = ["status", "owner", "source", "amount", "created_at"];

impl<'a> Columns<'a> {
    /// The usual ones and the company's own that are to stand in lists.
    pub(super) fn usual(
        app: &'a App,
        ctx: &'a Ctx,
        l: Locale<'a>,
        see_others: bool,
    ) -> Result<Columns<'a>, Error> {
        let own = fields::specs_of(&app.frame(), Kind::Lead)
            .into_iter()
            .filter(|field| field.is_own() && field.shown.contains(&model::Shown::List))
            .map(|field| field.key);
        let usual = USUAL.into_iter().filter(|key| see_others || *key != "owner").map(str::to_owned);
        let keys: Vec<String> = usual.chain(own).collect();
        Columns::chosen(app, ctx, l, &keys)
    }

    /// These, in this order.
    pub(super) fn chosen(
        app: &'a App,
        ctx: &'a Ctx,
        l: Locale<'a>,
        keys: &[String],
    ) -> Result<Columns<'a>, Error> {
        let frame = app.frame();
        let fields = keys.iter().filter_map(|key| fields::spec_of(&frame, Kind::Lead, key)).collect();
        let (names, currency) = (Names::read(app, ctx)?, settings::get(app, ctx)?.currency);
        Ok(Columns { app, ctx, l, frame, names, currency, fields })
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.fields.iter().any(|field| field.key == key)
    }

    pub(super) fn heads(&self) -> Vec<ListColumn> {
        let head = |field: &Field| ListColumn {
            key: field.key.clone(),
            label: label(self.l, field),
            is_number: matches!(
                field.kind,
                FieldKind::Money | FieldKind::Number | FieldKind::Date | FieldKind::Instant
            ),
        };
        self.fields.iter().map(head).collect()
    }

    /// For a file: name and company come first.
    pub(super) fn in_file(&self) -> Vec<FileColumn> {
        let first = ["name", "company"].into_iter().filter(|key| !self.has(key));
        let first = first.filter_map(|key| fields::spec_of(&self.frame, Kind::Lead, key));
        first
            .chain(self.fields.iter().cloned())
            .map(|field| FileColumn { title: label(self.l, &field), field })
            .collect()
    }

    pub(super) fn cells(&self, lead: &Lead) -> Vec<ListCell> {
        self.fields.iter().map(|field| self.cell(field, lead)).collect()
    }

    fn cell(&self, field: &Field, lead: &Lead) -> ListCell {
        match fields::value_of(&self.frame, lead, &field.key) {
            FieldValue::Nothing if field.key == "owner" => ListCell::Nobody,
            FieldValue::Nothing => ListCell::Nothing,
            FieldValue::Amount(minor_units) => {
                // A lead keeps the currency it came in.
                let currency = match (&lead.amount, field.key.as_str()) {
                    (Some(amount), "amount") => amount.currency,
                    _ => self.currency,
                };
                ListCell::Money(Money { minor_units, currency })
            }
            FieldValue::Day(day) => ListCell::Day(day),
            FieldValue::Instant(instant) => ListCell::Instant(instant),
            FieldValue::Codes(codes) if field.key == "status" => codes
                .first()
                .and_then(|code| LeadStatus::from_code(code))
                .map_or(ListCell::Nothing, ListCell::Status),
            FieldValue::User(user) => self.names.get(user.0).map_or(ListCell::Nothing, ListCell::Person),
            value => ListCell::Text(self.text(field, &value)),
        }
    }

    /// A value in words.
    pub(super) fn text(&self, field: &Field, value: &FieldValue) -> String {
        let l = self.l;
        match value {
            FieldValue::Text(text) if field.kind == FieldKind::Phone => model::display_phone(text),
            FieldValue::Text(text) if field.key == "country" => ui::labels::country(l, text),
            FieldValue::Text(text) => text.clone(),
            FieldValue::Number(number) => ui::filters::typed_number(&number.to_string()),
            FieldValue::Flag(flag) => ui::filters::yes_or_no(l, *flag),
            FieldValue::Codes(codes) => {
                let names: Vec<String> = codes.iter().map(|code| code_name(l, field, code)).collect();
                names.join(", ")
            }
            FieldValue::User(user) => self.names.get(user.0).unwrap_or_default(),
            FieldValue::Team(team) => self.names.get(team.0).unwrap_or_default(),
            FieldValue::Record(id) => {
                let named = field.target.map(|target| links::name(self.app, self.ctx, target, *id));
                named.and_then(Result::ok).flatten().unwrap_or_default()
            }
            _ => String::new(),
        }
    }
}

//! The fields of an entity as lists show them: their names, their choices, their values.

use super::views::Names;
use crate::pages::activities::due_of;
use model::uuid::Uuid;
use model::{
    AnyRecord, Currency, FieldKind, FieldValue, FilterField, Frame, Kind, LeadStatus, Money, VALID_UNTIL,
};
use services::fields::{self, Field, FieldChoices, ReadValues};
use services::leads::FileColumn;
use services::{App, Ctx, Error, costs, links, people, settings};
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
    kind: Kind,
) -> Result<Vec<FilterFieldView>, Error> {
    let everybody = people::all(app, ctx)?;
    let people: Vec<Choice> =
        everybody.active().map(|user| Choice::new(user.id().to_string(), user.name.as_str())).collect();
    let team = |team: &model::Team| Choice::new(team.meta.id.to_string(), team.name.as_str());
    let teams: Vec<Choice> = everybody.teams.iter().map(team).collect();
    let choices = |field: &Field| match (&field.choices, field.kind) {
        (FieldChoices::List(list), _) => ui::labels::choices(l, list, ""),
        (
            FieldChoices::Fixed(_) | FieldChoices::Stages | FieldChoices::Taxes | FieldChoices::PriceBooks,
            _,
        ) => {
            let codes = field.choices.codes(l.frame()).unwrap_or_default();
            let named = |code: String| {
                let name = code_name(l, kind, field, &code);
                Choice::new(code, name)
            };
            codes.into_iter().map(named).collect()
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
        label: label(l, kind, &field),
        kind: field.kind,
        choices: choices(&field),
        target: field.target.filter(|target| !matches!(target, Kind::User | Kind::Team)),
        key: field.key,
    };
    let seen = fields::specs_of(&app.frame(), kind).into_iter();
    Ok(seen.filter(|field| !costs::is_hidden(ctx, kind, &field.key)).map(view).collect())
}

/// Gives the fields of a filter that lead to records the names of those that it speaks of.
pub(in crate::pages) fn name_records<'v>(
    app: &App,
    ctx: &Ctx,
    fields: &mut [FilterFieldView],
    conditions: impl IntoIterator<Item = (&'v str, &'v [String])>,
) -> Result<(), Error> {
    for (key, values) in conditions {
        let Some(field) = fields.iter_mut().find(|field| field.key == key) else { continue };
        let Some(target) = field.target else { continue };
        for id in values.iter().filter_map(|value| value.parse::<Uuid>().ok()) {
            let name = links::name(app, ctx, target, id)?.unwrap_or_else(|| id.to_string());
            if field.choices.iter().all(|choice| choice.value != id.to_string()) {
                field.choices.push(Choice::new(id.to_string(), name));
            }
        }
    }
    Ok(())
}

/// What a field is called.
pub(in crate::pages) fn label_of(l: Locale<'_>, kind: Kind, field: &Field) -> String {
    label(l, kind, field)
}

fn label(l: Locale<'_>, kind: Kind, field: &Field) -> String {
    match (&field.label, kind) {
        (Some(label), _) => label.get(l.language).to_owned(),
        (None, Kind::Lead) => ui::leads::field_label(l, &field.key),
        (None, _) => ui::records::field_label(l, kind, &field.key),
    }
}

/// What a code of a field is called.
pub(in crate::pages) fn code_name(l: Locale<'_>, kind: Kind, field: &Field, code: &str) -> String {
    match &field.choices {
        FieldChoices::List(list) => ui::labels::choice(l, list, code),
        _ if kind != Kind::Lead => ui::records::code_name(l, kind, &field.key, code),
        _ => LeadStatus::from_code(code)
            .map_or_else(|| code.to_owned(), |status| ui::labels::lead_status(l, status)),
    }
}

/// Whether leads can be put together by this field.
pub(in crate::pages) fn can_group(known: &[FilterField], key: &str) -> bool {
    known.iter().any(|field| field.key == key && services::records::can_group(&field.key, field.kind))
}

/// What a group is called.
pub(in crate::pages) fn group_label(
    l: Locale<'_>,
    fields: &[FilterFieldView],
    key: &str,
    code: &str,
    names: &Names,
) -> String {
    if key == services::records::DUE {
        return ui::activities::bucket_label(l, code);
    }
    if code.is_empty() {
        return ui::leads::no_value(l);
    }
    let field = fields.iter().find(|field| field.key == key);
    let named = field.and_then(|field| field.choices.iter().find(|choice| choice.value == code));
    let person = || code.parse::<Uuid>().ok().and_then(|id| names.get(id));
    named.map(|choice| choice.label.clone()).or_else(person).unwrap_or_else(|| code.to_owned())
}

/// Groups in the order of the choices; what is no choice any more after them, leads without a value last.
pub(in crate::pages) fn in_order(groups: &mut [ListGroup], fields: &[FilterFieldView], key: &str) {
    let Some(field) = fields.iter().find(|field| field.key == key) else { return };
    groups.sort_by_cached_key(|group| {
        field.choices.iter().position(|choice| choice.label == group.label).unwrap_or(usize::MAX)
    });
}

/// The columns of one list, with all that their values need.
pub(in crate::pages) struct Columns<'a> {
    app: &'a App,
    ctx: &'a Ctx,
    l: Locale<'a>,
    kind: Kind,
    frame: Arc<Frame>,
    values: ReadValues,
    names: Names,
    currency: Currency,
    fields: Vec<Field>,
}

/// What a list shows of a record beside its name before anybody chooses.
fn usual_of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Company => &["kind", "owner", "town", "phone", "email"],
        Kind::Contact => &["company", "job_title", "phone", "email", "owner"],
        Kind::Opportunity => &["stage", "company", "amount", "expected_close", "owner"],
        Kind::Product => &["code", "kind", "family", "unit_price", "tax", "billing"],
        Kind::Activity => &["due", "kind", "state", "owner"],
        Kind::Quote => &["status", "company", "amount", "valid_until", "owner"],
        Kind::Document => &["category", "file_name", "valid_until", "owner", "created_at"],
        _ => &["status", "owner", "source", "amount", "created_at"],
    }
}

impl<'a> Columns<'a> {
    /// The usual ones and the company's own that are to stand in lists.
    pub(in crate::pages) fn usual(
        app: &'a App,
        ctx: &'a Ctx,
        l: Locale<'a>,
        kind: Kind,
        see_others: bool,
    ) -> Result<Columns<'a>, Error> {
        let own = fields::specs_of(&app.frame(), kind)
            .into_iter()
            .filter(|field| field.is_own() && field.shown.contains(&model::Shown::List))
            .map(|field| field.key);
        let usual = usual_of(kind).iter().filter(|key| see_others || **key != "owner");
        let has_points = kind == Kind::Lead && app.frame().scoring_rules.current().next().is_some();
        let points = has_points.then(|| model::SCORE.to_owned());
        let keys: Vec<String> = usual.map(|key| (*key).to_owned()).chain(points).chain(own).collect();
        Columns::chosen(app, ctx, l, kind, &keys)
    }

    /// These, in this order.
    pub(in crate::pages) fn chosen(
        app: &'a App,
        ctx: &'a Ctx,
        l: Locale<'a>,
        kind: Kind,
        keys: &[String],
    ) -> Result<Columns<'a>, Error> {
        let frame = app.frame();
        let seen = keys.iter().filter(|key| !costs::is_hidden(ctx, kind, key));
        let fields = seen.filter_map(|key| fields::spec_of(&frame, kind, key)).collect();
        let (names, currency) = (Names::read(app, ctx)?, settings::get(app, ctx)?.currency);
        let values = ReadValues::now(app, ctx.at);
        Ok(Columns { app, ctx, l, kind, frame, values, names, currency, fields })
    }

    pub(in crate::pages) fn has(&self, key: &str) -> bool {
        self.fields.iter().any(|field| field.key == key)
    }

    pub(in crate::pages) fn heads(&self) -> Vec<ListColumn> {
        let head = |field: &Field| ListColumn {
            key: field.key.clone(),
            label: label(self.l, self.kind, field),
            is_number: matches!(
                field.kind,
                FieldKind::Money | FieldKind::Number | FieldKind::Date | FieldKind::Instant
            ),
        };
        self.fields.iter().map(head).collect()
    }

    /// For a file: what the record is called comes first.
    pub(in crate::pages) fn in_file(&self) -> Vec<FileColumn> {
        let names: &[&str] = match self.kind {
            Kind::Lead => &["name", "company"],
            Kind::Contact => &["given_name", "family_name"],
            Kind::Product => &["name_ca", "name_es", "name_en"],
            Kind::Activity => &["subject"],
            Kind::Quote => &["number", "revision", "subject"],
            Kind::Document => &["title"],
            _ => &["name"],
        };
        let first = names.iter().filter(|key| !self.has(key));
        let first = first.filter_map(|key| fields::spec_of(&self.frame, self.kind, key));
        first
            .chain(self.fields.iter().cloned())
            .map(|field| FileColumn { title: label(self.l, self.kind, &field), field })
            .collect()
    }

    pub(in crate::pages) fn cells(&self, record: &dyn AnyRecord) -> Vec<ListCell> {
        self.fields.iter().map(|field| self.cell(field, record)).collect()
    }

    /// What an activity is about, by name; what the reader may not see is left out.
    pub(in crate::pages) fn about(&self, record: &dyn AnyRecord) -> Vec<String> {
        let linked = model::ABOUT.into_iter().filter(|kind| !self.has(kind.as_str()));
        let name = |kind: Kind| match record.built_in(kind.as_str()) {
            FieldValue::Record(id) => links::name(self.app, self.ctx, kind, id).ok().flatten(),
            _ => None,
        };
        linked.filter_map(name).collect()
    }

    fn cell(&self, field: &Field, record: &dyn AnyRecord) -> ListCell {
        if field.key == services::records::DUE {
            return due_of(record).map_or(ListCell::Nothing, ListCell::Due);
        }
        match self.values.of(record, &field.key) {
            FieldValue::Nothing if field.key == "owner" => ListCell::Nobody,
            FieldValue::Nothing => ListCell::Nothing,
            FieldValue::Amount(minor_units) => {
                // A record keeps the currency that its amount came in.
                let own = record.amounts_in().filter(|_| !field.is_own());
                let currency = own.unwrap_or(self.currency);
                ListCell::Money(Money { minor_units, currency })
            }
            FieldValue::Number(price) if ui::records::is_price(self.kind, &field.key) => {
                ListCell::Text(ui::prices::money(self.l, price, self.currency))
            }
            FieldValue::Day(day) if self.kind == Kind::Document && field.key == VALID_UNTIL => {
                ListCell::LastDay(day)
            }
            FieldValue::Day(day) => ListCell::Day(day),
            FieldValue::Instant(instant) => ListCell::Instant(instant),
            FieldValue::Codes(codes) if field.key == "status" && self.kind == Kind::Lead => codes
                .first()
                .and_then(|code| LeadStatus::from_code(code))
                .map_or(ListCell::Nothing, ListCell::Status),
            FieldValue::User(user) => self.names.get(user.0).map_or(ListCell::Nothing, ListCell::Person),
            value => ListCell::Text(self.text(field, &value)),
        }
    }

    /// A value of any kind in words, as somebody reads it beside others.
    pub(in crate::pages) fn words(&self, field: &Field, value: &FieldValue) -> String {
        match value {
            FieldValue::Amount(minor_units) => {
                ui::format::money(self.l, Money { minor_units: *minor_units, currency: self.currency })
            }
            FieldValue::Day(day) => ui::format::date_short(*day),
            value => self.text(field, value),
        }
    }

    /// A value in words.
    pub(in crate::pages) fn text(&self, field: &Field, value: &FieldValue) -> String {
        let l = self.l;
        match value {
            FieldValue::Text(text) if field.kind == FieldKind::Phone => model::display_phone(text),
            FieldValue::Text(text) => {
                let name = Some(&field.key).filter(|_| !field.is_own());
                name.and_then(|key| ui::records::text_name(l, key, text)).unwrap_or_else(|| text.clone())
            }
            FieldValue::Texts(texts) => {
                let shown = texts.iter().map(|text| match field.kind {
                    FieldKind::Phone => model::display_phone(text),
                    _ => text.clone(),
                });
                shown.collect::<Vec<_>>().join("; ")
            }
            FieldValue::Records(ids) => {
                let named = |id: &Uuid| links::name(self.app, self.ctx, field.target?, *id).ok().flatten();
                ids.iter().filter_map(named).collect::<Vec<_>>().join("; ")
            }
            FieldValue::Number(number) => ui::filters::typed_number(&number.to_string()),
            FieldValue::Flag(flag) => ui::filters::yes_or_no(l, *flag),
            FieldValue::Codes(codes) => {
                let names: Vec<String> =
                    codes.iter().map(|code| code_name(l, self.kind, field, code)).collect();
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

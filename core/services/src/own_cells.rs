//! Own fields as columns of an exported list.

use crate::reports::Words;
use crate::{App, Ctx, Error, links};
use model::uuid::Uuid;
use model::{Configured, Currency, CustomField, CustomValues, FieldKind, FieldValue, Frame, Kind};
use sheets::Cell;
use std::collections::BTreeMap;

/// The own fields of an entity that a file gets, with names of linked records that were looked up already.
pub(crate) struct OwnColumns<'a> {
    frame: &'a Frame,
    entity: Kind,
    fields: Vec<(&'a str, &'a Configured<CustomField>)>,
    linked: BTreeMap<Uuid, String>,
}

impl<'a> OwnColumns<'a> {
    pub(crate) fn new(frame: &'a Frame, entity: Kind) -> OwnColumns<'a> {
        let fields = frame.fields_of(entity).filter(|(_, field)| !field.piece.archived).collect();
        OwnColumns { frame, entity, fields, linked: BTreeMap::new() }
    }

    pub(crate) fn titles(&self, ctx: &Ctx) -> impl Iterator<Item = String> {
        self.fields.iter().map(|(_, field)| field.piece.label.get(ctx.language).to_owned())
    }

    pub(crate) fn kinds(&self, currency: Currency) -> impl Iterator<Item = sheets::Kind> {
        self.fields.iter().map(move |(_, field)| match field.piece.kind {
            FieldKind::Number => sheets::Kind::Number,
            FieldKind::Money => sheets::Kind::Money { currency },
            FieldKind::Date => sheets::Kind::Date,
            _ => sheets::Kind::Text,
        })
    }

    pub(crate) fn cells(
        &mut self,
        app: &App,
        ctx: &Ctx,
        values: &CustomValues,
        words: &Words<'_>,
    ) -> Result<Vec<Cell>, Error> {
        let mut cells = Vec::with_capacity(self.fields.len());
        for (name, field) in self.fields.clone() {
            cells.push(match field.piece.value_of(values.get(name)) {
                FieldValue::Nothing => Cell::Empty,
                FieldValue::Text(text) => Cell::Text(text),
                FieldValue::Number(number) => match number.to_string().parse() {
                    Ok(number) => Cell::Number(number),
                    Err(_) => Cell::Text(number.to_string()),
                },
                FieldValue::Amount(cents) => Cell::Money(cents),
                FieldValue::Day(day) => Cell::Date(day),
                FieldValue::Flag(flag) => Cell::Text((words.name)(if flag { "yes" } else { "no" })),
                FieldValue::Codes(codes) => Cell::Text(self.labels(ctx, name, &codes)),
                FieldValue::Record(id) => Cell::Text(self.linked(app, ctx, &field.piece, id)?),
                FieldValue::Texts(texts) => Cell::Text(texts.join("; ")),
                FieldValue::Instant(_)
                | FieldValue::User(_)
                | FieldValue::Team(_)
                | FieldValue::Records(_) => Cell::Empty,
            });
        }
        Ok(cells)
    }

    fn labels(&self, ctx: &Ctx, name: &str, codes: &[String]) -> String {
        let list = CustomField::list(self.entity, name);
        let label = |code: &String| {
            let choice = self.frame.choice(&list, code);
            choice.map_or_else(|| code.clone(), |choice| choice.label.get(ctx.language).to_owned())
        };
        codes.iter().map(label).collect::<Vec<_>>().join("; ")
    }

    /// The name; the id where there is none to see, so that an import of the file finds it again.
    fn linked(&mut self, app: &App, ctx: &Ctx, field: &CustomField, id: Uuid) -> Result<String, Error> {
        if let Some(name) = self.linked.get(&id) {
            return Ok(name.clone());
        }
        let name = links::name(app, ctx, field.target.unwrap_or(Kind::Lead), id)?;
        let name = name.unwrap_or_else(|| id.to_string());
        self.linked.insert(id, name.clone());
        Ok(name)
    }
}

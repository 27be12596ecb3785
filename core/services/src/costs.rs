//! What things cost the company and what is left of a price: for whoever makes prices, and for nobody outside. Whatever leaves
//! this room goes by here: records, lines of quotes, changes in the journal, and the fields that filters and files can name.

use crate::records::Record;
use crate::{Ctx, permissions};
use model::json::{Map, Value};
use model::{
    Action, AnyRecord, Change, Currency, CustomValues, FieldValue, Kind, Meta, Quote, Row, TeamId, UserId,
};

/// The fields that say so.
const FIELDS: [(Kind, &str); 2] = [(Kind::Product, COST), (Kind::Quote, "margin")];
/// Of a product, and of a line of a quote.
const COST: &str = "cost";

/// Whether the caller sees what things cost: of products whoever may change them, of quotes whoever may change those or the
/// products. What is put together for outside never says it.
pub fn may_see(ctx: &Ctx, kind: Kind) -> bool {
    let may_change = |kind| permissions::may(ctx, kind, Action::Change);
    !ctx.is_for_outside() && (may_change(Kind::Product) || kind != Kind::Product && may_change(Kind::Quote))
}

/// Whether a field is kept from the caller.
pub fn is_hidden(ctx: &Ctx, kind: Kind, key: &str) -> bool {
    FIELDS.contains(&(kind, key)) && !may_see(ctx, kind)
}

/// The record as its reader is shown it.
pub(crate) fn for_reader(ctx: &Ctx, record: Record) -> Record {
    let kind = record.entity();
    let has_some = FIELDS.iter().any(|(of, _)| *of == kind);
    if has_some && !may_see(ctx, kind) { Box::new(Veiled(record)) } else { record }
}

/// The same of a quote.
pub(crate) fn quote_for_reader(ctx: &Ctx, quote: Quote) -> Quote {
    if may_see(ctx, Kind::Quote) { quote } else { without_margin(quote) }
}

pub(crate) fn without_margin(quote: Quote) -> Quote {
    Quote { margin: None, ..quote }
}

/// Takes out of a change what its reader is not shown.
pub(crate) fn redact(ctx: &Ctx, change: &mut Change) {
    let kind = change.kind;
    let is_lines = kind == Kind::QuoteSheet;
    let keys: Vec<&str> = FIELDS.iter().filter(|(of, _)| *of == kind).map(|(_, key)| *key).collect();
    if (keys.is_empty() && !is_lines) || may_see(ctx, kind) {
        return;
    }
    let after = change.after.as_mut().and_then(Value::as_object_mut);
    for fields in [Some(&mut change.before), after].into_iter().flatten() {
        for key in &keys {
            fields.remove(*key);
        }
        if is_lines {
            without_costs(fields);
        }
    }
}

/// Lines as they are kept.
fn without_costs(sheet: &mut Map<String, Value>) {
    let lines = sheet.get_mut("lines").and_then(Value::as_array_mut);
    for line in lines.into_iter().flatten().filter_map(Value::as_object_mut) {
        line.remove(COST);
    }
}

/// A record that does not say what it costs.
struct Veiled(Record);

impl AnyRecord for Veiled {
    fn entity(&self) -> Kind {
        self.0.entity()
    }

    fn about(&self) -> &Meta {
        self.0.about()
    }

    fn name(&self) -> String {
        self.0.name()
    }

    fn responsible(&self) -> (Option<UserId>, Option<TeamId>) {
        self.0.responsible()
    }

    fn is_archived(&self) -> bool {
        self.0.is_archived()
    }

    fn own(&self) -> &CustomValues {
        self.0.own()
    }

    fn built_in(&self, key: &str) -> FieldValue {
        if FIELDS.contains(&(self.0.entity(), key)) { FieldValue::Nothing } else { self.0.built_in(key) }
    }

    fn amounts_in(&self) -> Option<Currency> {
        self.0.amounts_in()
    }

    fn listed(&self, key: &str) -> Vec<Row> {
        self.0.listed(key)
    }
}

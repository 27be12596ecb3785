//! What a lead is learned from: categories of its fields, and what became of it.

use crate::{App, Error, fields};
use model::{
    AnyRecord, ERASED, FieldKind, FieldValue, Frame, Kind, Lead, LeadStatus, Opportunity, StageKind, TeamId,
};
use std::sync::Arc;

/// Fields whose value is a category as it stands.
const CATEGORIES: [&str; 5] = ["source", "industry", "zone", "country", "campaign"];
/// Fields of which it counts whether they are filled in.
const FILLED: [&str; 4] = ["phone", "email", "tax_id", "website"];
/// In bands.
const AMOUNT: &str = "amount";
const FIRST_RESPONSE: &str = "first_response_at";

/// Upper ends of the bands of amounts, in hundredths; what is above is the last band.
const AMOUNT_BANDS: [(i64, &str); 4] =
    [(100_000, "to-1000"), (500_000, "to-5000"), (2_000_000, "to-20000"), (i64::MAX, "above")];
/// Upper ends of the bands of the time until the first response, in minutes.
const RESPONSE_BANDS: [(i64, &str); 5] =
    [(60, "hour"), (240, "four-hours"), (1_440, "day"), (4_320, "three-days"), (i64::MAX, "later")];
/// Longer texts are no category.
const CATEGORY_CHARACTERS_MAX: usize = 60;
/// Discarded for this reason, a lead says nothing: the other one does.
const DUPLICATE: &str = "duplicate";

/// The value of a feature: a code for counting, and how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Category {
    pub(crate) code: String,
    pub(crate) text: String,
}

/// A closed lead as it is learned from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Example {
    pub(crate) team: Option<TeamId>,
    pub(crate) won: bool,
    /// One for each feature that is known of it: the key of the feature and the category.
    pub(crate) values: Vec<(String, Category)>,
}

/// The fields that are learned from.
pub(crate) struct Features {
    frame: Arc<Frame>,
    own: Vec<(String, FieldKind)>,
}

impl Features {
    pub(crate) fn of(frame: Arc<Frame>) -> Features {
        Features { own: own_of(&frame), frame }
    }

    /// Whether every lead is learned from in the same way by both.
    pub(crate) fn is_same_as(&self, other: &Features) -> bool {
        Arc::ptr_eq(&self.frame, &other.frame)
            || (self.own == other.own && self.frame.pipelines == other.frame.pipelines)
    }

    /// A lead as it is learned from; nothing of one that is open, put away, erased, or of which nobody knows yet how it
    /// ended.
    pub(crate) fn example(&self, app: &App, lead: &Lead) -> Result<Option<Example>, Error> {
        if lead.archived || lead.title().starts_with(ERASED) {
            return Ok(None);
        }
        let Some(won) = self.won(app, lead)? else { return Ok(None) };
        Ok(Some(Example { team: lead.team, won, values: self.categories(lead) }))
    }

    /// The categories of any lead, open or closed, each with the key of its feature.
    pub(crate) fn categories(&self, lead: &dyn AnyRecord) -> Vec<(String, Category)> {
        let value = |key: &str| fields::value_of(&self.frame, lead, key);
        let mut found = Vec::with_capacity(CATEGORIES.len() + FILLED.len() + self.own.len() + 2);
        let mut add = |key: &str, category: Option<Category>| {
            found.extend(category.map(|category| (key.to_owned(), category)));
        };
        for key in CATEGORIES {
            add(key, category_of(&value(key)));
        }
        for key in FILLED {
            add(key, Some(yes_or_no(!value(key).is_nothing())));
        }
        add(AMOUNT, amount_band(&value(AMOUNT)));
        add(FIRST_RESPONSE, response_band(&value("created_at"), &value(FIRST_RESPONSE)));
        for (key, _) in &self.own {
            add(key, category_of(&value(key)));
        }
        found
    }

    /// Won: it became a client, and the opportunity that it became, if any, was won. Lost: it was discarded, or that
    /// opportunity was lost. Neither: a duplicate, an opportunity that is still open, was cancelled or is gone.
    fn won(&self, app: &App, lead: &Lead) -> Result<Option<bool>, Error> {
        match lead.status {
            LeadStatus::Discarded if lead.discard_reason.as_deref() == Some(DUPLICATE) => Ok(None),
            LeadStatus::Discarded => Ok(Some(false)),
            LeadStatus::Converted => {
                let Some(id) = lead.conversion.as_ref().and_then(|conversion| conversion.opportunity) else {
                    return Ok(Some(true));
                };
                let opportunity = app.store.get::<Opportunity>(id)?;
                let stage = opportunity.as_ref().and_then(|opportunity| opportunity.place(&self.frame));
                Ok(match stage.map(|(_, stage)| stage.kind) {
                    Some(StageKind::Won) => Some(true),
                    Some(StageKind::Lost) => Some(false),
                    _ => None,
                })
            }
            _ => Ok(None),
        }
    }
}

/// The company's own fields that hold categories.
fn own_of(frame: &Frame) -> Vec<(String, FieldKind)> {
    fields::specs_of(frame, Kind::Lead)
        .into_iter()
        .filter(|field| field.is_own() && matches!(field.kind, FieldKind::Choice | FieldKind::YesNo))
        .map(|field| (field.key, field.kind))
        .collect()
}

/// An empty field is no category: it says nothing.
fn category_of(value: &FieldValue) -> Option<Category> {
    match value {
        FieldValue::Text(text) => {
            let code = model::fold(text.trim());
            let is_category = !code.is_empty() && code.chars().count() <= CATEGORY_CHARACTERS_MAX;
            is_category.then(|| Category { code, text: text.trim().to_owned() })
        }
        FieldValue::Codes(codes) => {
            codes.first().map(|code| Category { code: code.clone(), text: code.clone() })
        }
        FieldValue::Flag(flag) => Some(yes_or_no(*flag)),
        _ => None,
    }
}

fn yes_or_no(flag: bool) -> Category {
    coded(if flag { "yes" } else { "no" })
}

fn coded(code: &str) -> Category {
    Category { code: code.to_owned(), text: code.to_owned() }
}

fn amount_band(value: &FieldValue) -> Option<Category> {
    let FieldValue::Amount(cents) = value else { return None };
    AMOUNT_BANDS.iter().find(|(end, _)| cents < end).map(|(_, code)| coded(code))
}

/// Of a lead that nobody has answered it is not known yet.
fn response_band(created: &FieldValue, answered: &FieldValue) -> Option<Category> {
    let (FieldValue::Instant(created), FieldValue::Instant(answered)) = (created, answered) else {
        return None;
    };
    let minutes = answered.duration_since(*created).as_mins();
    RESPONSE_BANDS.iter().find(|(end, _)| minutes <= *end).map(|(_, code)| coded(code))
}

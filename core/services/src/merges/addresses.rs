//! An address stays whole: street, postcode, town, zone and country of one record, never of two places.

use super::choosing::{Choice, Mergeable};
use model::FieldErrors;
use model::uuid::Uuid;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What an address is made of. Whoever chooses one of them chooses all.
pub(super) const FIELDS: [&str; 5] = ["address", "postcode", "town", "zone", "country"];

/// The place of the record whose address somebody chose; a problem where they named nobody, or several.
pub(super) fn chosen(
    take: &BTreeMap<String, Uuid>,
    place_of: &dyn Fn(&Uuid) -> Option<usize>,
    errors: &mut FieldErrors,
) -> Option<usize> {
    let mut chosen = None;
    for (key, id) in FIELDS.into_iter().filter_map(|key| Some((key, take.get(key)?))) {
        match (place_of(id), chosen) {
            (None, _) => errors.add(key, "merge-whose", ""),
            (Some(place), Some(other)) if place != other => errors.add(key, "merge-address", ""),
            (Some(place), _) => chosen = Some(place),
        }
    }
    chosen
}

/// Proposes one record for all of it: the chosen one, or the one that says most; of those that say as much, the one that
/// was changed last.
pub(super) fn stay_whole<R: Mergeable>(choices: &mut [Choice], all: &[R], chosen: Option<usize>) {
    let said = |place: usize| {
        let fields = choices.iter().filter(|choice| choice.is_of_address());
        fields.filter(|choice| !choice.values[place].is_nothing()).count()
    };
    // Of those that were changed at once, the first.
    let fullest =
        (0..all.len()).max_by_key(|place| (said(*place), all[*place].meta().updated_at, Reverse(*place)));
    let Some(place) = chosen.or(fullest) else { return };
    for choice in choices.iter_mut().filter(|choice| choice.is_of_address()) {
        choice.usual = place;
    }
}

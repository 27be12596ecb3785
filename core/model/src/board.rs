//! The board of a pipeline as index entries: what a card weighs in its column and when it is closed stand in the entry, so
//! that columns are counted and put in order without reading records.

use crate::{
    Currency, Decimal, Facet, FieldValue, IndexEntry, IndexKey, Money, Opportunity, Scope, TeamId, UserId,
    space,
};
use jiff::Timestamp;
use jiff::civil::Date;

/// What an entry of a board says of its opportunity. The value of the entry.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BoardFacet {
    pub facet: Facet,
    pub amount: Option<Money>,
    /// Hundredths of a percent, where it was set by hand.
    pub probability: Option<i16>,
    pub expected_close: Option<Date>,
    pub stage_since_ms: i64,
}

/// Before the bytes of the [`Facet`]: amount, currency, probability, expected close, since when it is there.
const BOARD_BYTES: usize = 8 + 3 + 2 + 4 + 8;
/// No probability was set by hand.
const OF_THE_STAGE: i16 = -1;
/// Of a currency that is none: there is no amount.
const NO_CURRENCY: [u8; 3] = [0; 3];

impl BoardFacet {
    fn of(opportunity: &Opportunity) -> BoardFacet {
        let hundredths = |percent: Decimal| i16::try_from((percent * Decimal::ONE_HUNDRED).trunc()).ok();
        BoardFacet {
            facet: Facet::of(opportunity),
            amount: opportunity.amount,
            probability: opportunity.probability.and_then(hundredths),
            expected_close: opportunity.expected_close,
            stage_since_ms: opportunity.stage_since.unwrap_or(opportunity.meta.created_at).as_millisecond(),
        }
    }

    fn bytes(&self) -> Vec<u8> {
        let facet = self.facet.bytes();
        let mut bytes = Vec::with_capacity(BOARD_BYTES + facet.len());
        let currency = self.amount.map(|amount| amount.currency.code());
        let currency = currency.and_then(|code| code.as_bytes().first_chunk::<3>().copied());
        let day =
            |day: Date| i32::from(day.year()) * 10_000 + i32::from(day.month()) * 100 + i32::from(day.day());
        bytes.extend_from_slice(&self.amount.map_or(0, |amount| amount.minor_units).to_be_bytes());
        bytes.extend_from_slice(&currency.unwrap_or(NO_CURRENCY));
        bytes.extend_from_slice(&self.probability.unwrap_or(OF_THE_STAGE).to_be_bytes());
        bytes.extend_from_slice(&self.expected_close.map_or(0, day).to_be_bytes());
        bytes.extend_from_slice(&self.stage_since_ms.to_be_bytes());
        bytes.extend_from_slice(&facet);
        bytes
    }

    pub fn from_bytes(bytes: &[u8]) -> Option<BoardFacet> {
        let (amount, bytes) = bytes.split_first_chunk::<8>()?;
        let (currency, bytes) = bytes.split_first_chunk::<3>()?;
        let (probability, bytes) = bytes.split_first_chunk::<2>()?;
        let (day, bytes) = bytes.split_first_chunk::<4>()?;
        let (since, bytes) = bytes.split_first_chunk::<8>()?;
        let currency = std::str::from_utf8(currency).ok().and_then(|code| code.parse::<Currency>().ok());
        let minor_units = i64::from_be_bytes(*amount);
        Some(BoardFacet {
            facet: Facet::from_bytes(bytes)?,
            amount: currency.map(|currency| Money { minor_units, currency }),
            probability: Some(i16::from_be_bytes(*probability)).filter(|percent| *percent != OF_THE_STAGE),
            expected_close: date_of(i32::from_be_bytes(*day)),
            stage_since_ms: i64::from_be_bytes(*since),
        })
    }

    /// The value of a field that only entries of a board have; nothing for the others.
    pub fn value(&self, key: &str) -> Option<FieldValue> {
        Some(match key {
            "amount" => {
                self.amount.map_or(FieldValue::Nothing, |amount| FieldValue::Amount(amount.minor_units))
            }
            "probability" => self.probability.map_or(FieldValue::Nothing, |hundredths| {
                FieldValue::Number(Decimal::new(i64::from(hundredths), 2))
            }),
            "expected_close" => self.expected_close.map_or(FieldValue::Nothing, FieldValue::Day),
            _ => return None,
        })
    }
}

fn date_of(digits: i32) -> Option<Date> {
    let part = |number: i32| i8::try_from(number).ok();
    Date::new(i16::try_from(digits / 10_000).ok()?, part(digits / 100 % 100)?, part(digits % 100)?).ok()
}

const SCOPE_ALL: u8 = 1;
const SCOPE_TEAM: u8 = 2;
const SCOPE_OWNER: u8 = 3;

fn of_all(stage: &str) -> IndexKey {
    IndexKey::new(space::BOARD).byte(SCOPE_ALL).code(stage)
}

fn of_team(team: TeamId, stage: &str) -> IndexKey {
    IndexKey::new(space::BOARD).byte(SCOPE_TEAM).id(team.0).code(stage)
}

impl Opportunity {
    /// The prefix of somebody's entries of one stage, `<pipeline>.<stage>`.
    pub fn board_of_owner(owner: UserId, stage: &str) -> IndexKey {
        IndexKey::new(space::BOARD).byte(SCOPE_OWNER).id(owner.0).code(stage)
    }

    /// The narrowest lists of one stage that hold everything a scope contains.
    pub fn board_of_scope(scope: &Scope, stage: &str) -> Vec<IndexKey> {
        match scope {
            Scope::Nothing => Vec::new(),
            Scope::Everything => vec![of_all(stage)],
            Scope::Own(user) => vec![Opportunity::board_of_owner(*user, stage)],
            Scope::Teams(teams, user) => {
                let of_teams = teams.iter().map(|team| of_team(*team, stage));
                of_teams.chain([Opportunity::board_of_owner(*user, stage)]).collect()
            }
        }
    }

    /// When the opportunity of an entry was closed, as what follows the prefix says it; absent while it is open.
    pub fn board_closed_at(suffix: &[u8]) -> Option<Timestamp> {
        let (first, _) = suffix.split_first_chunk::<8>()?;
        let closed_ms = (u64::from_be_bytes(*first) ^ (1 << 63)).cast_signed();
        Timestamp::from_millisecond(closed_ms).ok().filter(|at| *at != Timestamp::UNIX_EPOCH)
    }

    /// Its entries; none where it was put away.
    pub(crate) fn board_entries(&self) -> Vec<IndexEntry> {
        let Some(stage) = self.stage.as_deref().filter(|_| !self.common.archived) else {
            return Vec::new();
        };
        let value = BoardFacet::of(self).bytes();
        let closed_ms = self.closed_at.map_or(0, Timestamp::as_millisecond);
        let prefixes = [
            Some(of_all(stage)),
            self.common.team.map(|team| of_team(team, stage)),
            self.common.owner.map(|owner| Opportunity::board_of_owner(owner, stage)),
        ];
        let key = |prefix: IndexKey| prefix.signed(closed_ms).id(self.meta.id).bytes();
        let keys = prefixes.into_iter().flatten().map(key);
        keys.map(|key| IndexEntry { key, value: value.clone(), unique: false }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, Entity, Meta, Via};
    use proptest::prelude::*;
    use uuid::Uuid;

    fn opportunity() -> Opportunity {
        let by = Actor { user: None, via: Via::Page };
        let mut opportunity = Opportunity::begin(Meta::new(Uuid::from_u128(1), Timestamp::UNIX_EPOCH, by));
        opportunity.stage = Some("sales.new".to_owned());
        opportunity
    }

    proptest! {
        #[test]
        fn an_entry_says_what_its_record_says(
            amount in proptest::option::of(any::<i64>()),
            percent in proptest::option::of(0..=10_000_i64),
            day in proptest::option::of((2000..2100_i16, 1..=12_i8, 1..=28_i8)),
            since in 0..4_000_000_000_000_i64,
            owner in proptest::option::of(1..u128::MAX),
        ) {
            let money = |minor_units| Money { minor_units, currency: Currency::Eur };
            let mut deal = opportunity();
            deal.amount = amount.map(money);
            deal.probability = percent.map(|percent| Decimal::new(percent, 2));
            deal.expected_close = day.map(|(year, month, day)| jiff::civil::date(year, month, day));
            deal.stage_since = Timestamp::from_millisecond(since).ok();
            deal.common.owner = owner.map(|owner| UserId(Uuid::from_u128(owner)));
            let entries = deal.board_entries();
            prop_assert_eq!(entries.len(), 1 + usize::from(owner.is_some()));
            let facet = BoardFacet::from_bytes(&entries[0].value).unwrap();
            prop_assert_eq!(&facet, &BoardFacet::of(&deal));
            prop_assert_eq!(facet.amount, deal.amount);
            prop_assert_eq!(facet.expected_close, deal.expected_close);
            prop_assert_eq!(facet.value("amount"), Some(crate::Fields::value(&deal, "amount")));
            prop_assert_eq!(facet.value("expected_close"), Some(crate::Fields::value(&deal, "expected_close")));
        }
    }

    #[test]
    fn what_was_put_away_is_on_no_board_and_what_is_closed_says_when() {
        let mut deal = opportunity();
        let suffix = |deal: &Opportunity| {
            let key = deal.board_entries().remove(0).key;
            key[of_all("sales.new").bytes().len()..].to_vec()
        };
        assert_eq!(Opportunity::board_closed_at(&suffix(&deal)), None);
        deal.closed_at = Timestamp::from_millisecond(1_764_000_000_000).ok();
        assert_eq!(Opportunity::board_closed_at(&suffix(&deal)), deal.closed_at);
        deal.common.archived = true;
        assert_eq!(deal.board_entries(), []);
    }
}

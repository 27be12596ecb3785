//! What was learned: naive Bayes over categories, for the company and for each team. Counts are all there is: how many
//! leads with a category were won and how many were lost.

use super::features::{Category, Example, Features};
use super::measure::{self, Measure};
use model::uuid::Uuid;
use model::{AnyRecord, FieldValue, LeadStatus, TeamId};
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

/// Under so many closed leads nothing is said.
pub const CLOSED_MIN: u32 = 50;
/// Nor where fewer than so many ended one of the two ways.
pub const OF_EACH_MIN: u32 = 5;
/// A category that fewer leads had says nothing: it may be chance, and it may be somebody.
pub const CATEGORY_MIN: u32 = 5;
/// Closed leads that are judged, the newest: some hundredths of a second.
const MEASURED_MAX: usize = 20_000;
/// Nobody is certain: what is shown stays between these.
const PERCENT_MIN: u8 = 1;
const PERCENT_MAX: u8 = 99;

/// Whose leads something was learned from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LearnedFrom {
    Team(TeamId),
    Company,
}

/// One reason of a probability.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// The key of a field of leads.
    pub field: String,
    /// The category, and how it is written.
    pub code: String,
    pub text: String,
    /// What it adds to the logarithm of the odds; its exponential multiplies the odds.
    pub log_odds: f64,
    pub won: u32,
    pub lost: u32,
}

/// A probability with its reasons: the logarithm of the odds is the one of the base rate and all factors together.
#[derive(Clone, Debug, PartialEq)]
pub struct Chance {
    pub from: LearnedFrom,
    pub won: u32,
    pub lost: u32,
    pub base_log_odds: f64,
    /// The strongest first.
    pub factors: Vec<Factor>,
}

impl Chance {
    pub fn log_odds(&self) -> f64 {
        self.base_log_odds + self.factors.iter().map(|factor| factor.log_odds).sum::<f64>()
    }

    /// Between 0 and 1.
    pub fn probability(&self) -> f64 {
        share_of(self.log_odds())
    }

    pub fn percent(&self) -> u8 {
        percent_of(self.probability()).clamp(PERCENT_MIN, PERCENT_MAX)
    }
}

pub(crate) fn share_of(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}

/// A share in whole percent.
pub fn percent_of(share: f64) -> u8 {
    let percent = (share.clamp(0.0, 1.0) * 100.0).round();
    (0..=100).find(|whole| f64::from(*whole) >= percent).unwrap_or(100)
}

/// The number of a category among all.
type Number = u32;

/// Categories by number, so that a closed lead takes some bytes for each.
#[derive(Default)]
struct Categories {
    numbers: HashMap<(String, String), Number>,
    /// By number: feature, code, how it was written first, and how many leads have it.
    known: Vec<Known>,
    free: Vec<Number>,
}

#[derive(Clone, Default)]
struct Known {
    feature: String,
    code: String,
    text: String,
    uses: u32,
}

impl Categories {
    fn take(&mut self, feature: &str, category: Category) -> Number {
        let name = (feature.to_owned(), category.code);
        if let Some(number) = self.numbers.get(&name).copied() {
            if let Some(known) = self.at_mut(number) {
                known.uses += 1;
            }
            return number;
        }
        let known = Known { feature: name.0.clone(), code: name.1.clone(), text: category.text, uses: 1 };
        let number = match self.free.pop() {
            Some(number) => number,
            None => {
                self.known.push(Known::default());
                Number::try_from(self.known.len() - 1).unwrap_or(Number::MAX)
            }
        };
        if let Some(place) = self.at_mut(number) {
            *place = known;
        }
        self.numbers.insert(name, number);
        number
    }

    /// A category that no lead has any more is forgotten, with its words.
    fn give_back(&mut self, number: Number) {
        let Some(known) = self.at_mut(number) else { return };
        known.uses -= 1;
        if known.uses == 0 {
            let known = std::mem::take(known);
            self.numbers.remove(&(known.feature, known.code));
            self.free.push(number);
        }
    }

    fn at(&self, number: Number) -> Option<&Known> {
        self.known.get(usize::try_from(number).ok()?)
    }

    fn at_mut(&mut self, number: Number) -> Option<&mut Known> {
        self.known.get_mut(usize::try_from(number).ok()?)
    }

    fn number(&self, feature: &str, code: &str) -> Option<Number> {
        self.numbers.get(&(feature.to_owned(), code.to_owned())).copied()
    }
}

/// How many were lost and won.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct Ends {
    pub(crate) lost: u32,
    pub(crate) won: u32,
}

impl Ends {
    pub(crate) fn all(self) -> u32 {
        self.lost + self.won
    }

    fn of(&mut self, won: bool) -> &mut u32 {
        if won { &mut self.won } else { &mut self.lost }
    }

    fn without(self, won: Option<bool>) -> Ends {
        Ends { lost: self.lost - u32::from(won == Some(false)), won: self.won - u32::from(won == Some(true)) }
    }
}

/// What was counted among some leads.
#[derive(Default)]
pub(crate) struct Counts {
    pub(crate) ends: Ends,
    by_category: HashMap<Number, Ends>,
    /// By feature: leads of which it is known, and how many categories it has.
    by_feature: BTreeMap<String, (Ends, u32)>,
}

impl Counts {
    fn add(&mut self, won: bool, number: Number, feature: &str) {
        let ends = self.by_category.entry(number).or_default();
        let is_new = ends.all() == 0;
        *ends.of(won) += 1;
        if !self.by_feature.contains_key(feature) {
            self.by_feature.insert(feature.to_owned(), Default::default());
        }
        if let Some((known, categories)) = self.by_feature.get_mut(feature) {
            *known.of(won) += 1;
            *categories += u32::from(is_new);
        }
    }

    fn take_away(&mut self, won: bool, number: Number, feature: &str) {
        let Some(ends) = self.by_category.get_mut(&number) else { return };
        *ends.of(won) -= 1;
        let is_gone = ends.all() == 0;
        if is_gone {
            self.by_category.remove(&number);
        }
        if let Some((known, categories)) = self.by_feature.get_mut(feature) {
            *known.of(won) -= 1;
            *categories -= u32::from(is_gone);
            if known.all() == 0 {
                self.by_feature.remove(feature);
            }
        }
    }

    /// Whether there is enough to say anything.
    pub(crate) fn is_enough(&self) -> bool {
        self.ends.all() >= CLOSED_MIN && self.ends.won >= OF_EACH_MIN && self.ends.lost >= OF_EACH_MIN
    }

    /// What a category adds to the logarithm of the odds, with one lead more of each category than there was (Laplace);
    /// as if a lead that ended this way had not been there, where one is given.
    fn weight(&self, number: Number, feature: &str, but: Option<bool>) -> Option<(f64, Ends)> {
        let ends = self.by_category.get(&number)?.without(but);
        if ends.all() < CATEGORY_MIN {
            return None;
        }
        let (known, categories) = self.by_feature.get(feature)?;
        let known = known.without(but);
        let share = |with: u32, all: u32| (f64::from(with) + 1.0) / (f64::from(all) + f64::from(*categories));
        Some(((share(ends.won, known.won) / share(ends.lost, known.lost)).ln(), ends))
    }

    fn base(&self, but: Option<bool>) -> f64 {
        let ends = self.ends.without(but);
        ((f64::from(ends.won) + 1.0) / (f64::from(ends.lost) + 1.0)).ln()
    }
}

/// A closed lead by numbers.
struct Kept {
    team: Option<TeamId>,
    won: bool,
    categories: Box<[Number]>,
}

/// Everything that was learned.
#[derive(Default)]
pub(crate) struct Learned {
    categories: Categories,
    leads: HashMap<Uuid, Kept>,
    company: Counts,
    teams: BTreeMap<TeamId, Counts>,
    /// How good it is, as far as somebody asked since it last changed.
    measures: RefCell<BTreeMap<LearnedFrom, Measure>>,
}

impl Learned {
    /// Learns from a lead as it is now, in place of what it was; nothing: it is not learned from any more.
    pub(crate) fn put(&mut self, id: Uuid, example: Option<Example>) {
        if let Some(kept) = self.leads.remove(&id) {
            self.unlearn(&kept);
            self.measures.get_mut().clear();
        }
        let Some(example) = example else { return };
        self.measures.get_mut().clear();
        let mut numbers = Vec::with_capacity(example.values.len());
        for (feature, category) in example.values {
            let number = self.categories.take(&feature, category);
            self.company.add(example.won, number, &feature);
            if let Some(team) = example.team {
                self.teams.entry(team).or_default().add(example.won, number, &feature);
            }
            numbers.push(number);
        }
        *self.company.ends.of(example.won) += 1;
        if let Some(team) = example.team {
            *self.teams.entry(team).or_default().ends.of(example.won) += 1;
        }
        let kept = Kept { team: example.team, won: example.won, categories: numbers.into_boxed_slice() };
        self.leads.insert(id, kept);
    }

    fn unlearn(&mut self, kept: &Kept) {
        for number in &kept.categories {
            let feature = self.categories.at(*number).map(|known| known.feature.clone()).unwrap_or_default();
            self.company.take_away(kept.won, *number, &feature);
            if let Some(team) = kept.team.and_then(|team| self.teams.get_mut(&team)) {
                team.take_away(kept.won, *number, &feature);
            }
            self.categories.give_back(*number);
        }
        *self.company.ends.of(kept.won) -= 1;
        if let Some(id) = kept.team
            && let Some(team) = self.teams.get_mut(&id)
        {
            *team.ends.of(kept.won) -= 1;
            if team.ends.all() == 0 {
                self.teams.remove(&id);
            }
        }
    }

    /// The team's own where it has enough, else the company's; nothing where that is not enough either.
    fn counts_for(&self, team: Option<TeamId>) -> Option<(LearnedFrom, &Counts)> {
        let of_team = team.and_then(|team| Some((LearnedFrom::Team(team), self.teams.get(&team)?)));
        of_team
            .filter(|(_, counts)| counts.is_enough())
            .or_else(|| self.company.is_enough().then_some((LearnedFrom::Company, &self.company)))
    }

    pub(crate) fn counts_of(&self, from: LearnedFrom) -> Option<&Counts> {
        match from {
            LearnedFrom::Company => Some(&self.company),
            LearnedFrom::Team(team) => self.teams.get(&team),
        }
    }

    pub(crate) fn company(&self) -> Ends {
        self.company.ends
    }

    /// Teams that have closed leads.
    pub(crate) fn teams(&self) -> impl Iterator<Item = (TeamId, Ends)> {
        self.teams.iter().map(|(team, counts)| (*team, counts.ends))
    }

    /// The probability of a lead, whatever its state; nothing where too little is known.
    pub(crate) fn chance(&self, features: &Features, lead: &dyn AnyRecord) -> Option<Chance> {
        let (from, counts) = self.counts_for(lead.responsible().1)?;
        let mut factors = Vec::new();
        for (field, category) in features.categories(lead) {
            let number = self.categories.number(&field, &category.code);
            if let Some((log_odds, ends)) = number.and_then(|number| counts.weight(number, &field, None)) {
                let Category { code, text } = category;
                factors.push(Factor { field, code, text, log_odds, won: ends.won, lost: ends.lost });
            }
        }
        factors.sort_by(|one, other| other.log_odds.abs().total_cmp(&one.log_odds.abs()));
        let Ends { won, lost } = counts.ends;
        Some(Chance { from, won, lost, base_log_odds: counts.base(None), factors })
    }

    /// In percent, of a lead that is open.
    pub(crate) fn percent(&self, features: &Features, lead: &dyn AnyRecord) -> Option<u8> {
        let FieldValue::Codes(status) = lead.built_in("status") else { return None };
        let is_open =
            status.first().and_then(|code| LeadStatus::from_code(code)).is_some_and(LeadStatus::is_open);
        if !is_open { None } else { self.chance(features, lead).map(|chance| chance.percent()) }
    }

    /// The categories that weigh most among some leads.
    pub(crate) fn strongest(&self, counts: &Counts, most: usize) -> Vec<Factor> {
        let factor = |number: &Number| {
            let known = self.categories.at(*number)?;
            let (log_odds, ends) = counts.weight(*number, &known.feature, None)?;
            Some(Factor {
                field: known.feature.clone(),
                code: known.code.clone(),
                text: known.text.clone(),
                log_odds,
                won: ends.won,
                lost: ends.lost,
            })
        };
        let mut factors: Vec<Factor> = counts.by_category.keys().filter_map(factor).collect();
        factors.sort_by(|one, other| {
            let by_name = || (&one.field, &one.code).cmp(&(&other.field, &other.code));
            other.log_odds.abs().total_cmp(&one.log_odds.abs()).then_with(by_name)
        });
        factors.truncate(most);
        factors
    }

    /// How good what was learned is: told of each of the newest closed leads as if it had not been learned from.
    pub(crate) fn measure(&self, from: LearnedFrom, counts: &Counts) -> Measure {
        let mut measures = self.measures.borrow_mut();
        let measured =
            measures.entry(from).or_insert_with(|| measure::measure(&self.left_out_one_by_one(from, counts)));
        measured.clone()
    }

    /// What would be said of each of them, and how it ended.
    fn left_out_one_by_one(&self, from: LearnedFrom, counts: &Counts) -> Vec<(f64, bool)> {
        let is_of = |kept: &Kept| match from {
            LearnedFrom::Company => true,
            LearnedFrom::Team(team) => kept.team == Some(team),
        };
        let mut leads: Vec<(&Uuid, &Kept)> = self.leads.iter().filter(|(_, kept)| is_of(kept)).collect();
        // Ids are in the order of time.
        leads.sort_unstable_by_key(|(id, _)| std::cmp::Reverse(**id));
        leads.truncate(MEASURED_MAX);
        let told = |(_, kept): (&Uuid, &Kept)| {
            let weights = kept.categories.iter().filter_map(|number| {
                let feature = &self.categories.at(*number)?.feature;
                counts.weight(*number, feature, Some(kept.won)).map(|(log_odds, _)| log_odds)
            });
            let log_odds = counts.base(Some(kept.won)) + weights.sum::<f64>();
            (share_of(log_odds), kept.won)
        };
        leads.into_iter().map(told).collect()
    }

    /// All counts in words.
    pub(crate) fn contents(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let teams = self.teams.iter().map(|(team, counts)| (team.to_string(), counts));
        for (name, counts) in std::iter::once(("company".to_owned(), &self.company)).chain(teams) {
            lines.push(format!("{name} {:?}", counts.ends));
            for (feature, of) in &counts.by_feature {
                lines.push(format!("{name} {feature} {of:?}"));
            }
            for (number, ends) in &counts.by_category {
                let known = self.categories.at(*number).cloned().unwrap_or_default();
                lines.push(format!("{name} {} {} {ends:?}", known.feature, known.code));
            }
        }
        lines.extend(
            self.categories
                .known
                .iter()
                .filter(|known| known.uses > 0)
                .map(|known| format!("uses {} {} {}", known.feature, known.code, known.uses)),
        );
        lines.sort();
        lines
    }
}

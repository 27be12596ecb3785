//! How good what was learned is, told in figures that nobody can flatter: each closed lead is judged as if it had not been
//! learned from.

/// Bands of told probabilities: 0–20 %, 20–40 %… 80–100 %.
pub const MEASURED_BANDS: usize = 5;

/// What was told against how it ended.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Measure {
    pub leads: u32,
    /// Mean squared distance between what was told and how it ended (Brier): 0 is perfect.
    pub brier: f64,
    /// The same of always telling the share that was won.
    pub base_brier: f64,
    /// Mean surprise in natural units (log loss).
    pub log_loss: f64,
    pub base_log_loss: f64,
    /// How often a won lead was told more than a lost one: 0.5 is chance, 1 is perfect. Nothing where all ended one way.
    pub auc: Option<f64>,
    pub bands: [MeasuredBand; MEASURED_BANDS],
}

/// The leads that were told a probability in one band.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MeasuredBand {
    pub leads: u32,
    pub won: u32,
    /// The sum of what was told.
    pub told: f64,
}

impl Measure {
    /// Whether it says more than the share that was won.
    pub fn is_better_than_base(&self) -> bool {
        self.brier < self.base_brier
    }
}

/// Told probabilities, each with whether the lead was won.
pub(super) fn measure(told: &[(f64, bool)]) -> Measure {
    let mut measure = Measure::default();
    let mut won = 0_u32;
    for (probability, is_won) in told {
        measure.leads += 1;
        won += u32::from(*is_won);
        let end = f64::from(u8::from(*is_won));
        measure.brier += (probability - end).powi(2);
        measure.log_loss -= of_end(*probability, *is_won).ln();
        let place = (0..MEASURED_BANDS).rev().find(|place| *probability >= begin_of(*place));
        let band = &mut measure.bands[place.unwrap_or_default()];
        band.leads += 1;
        band.won += u32::from(*is_won);
        band.told += probability;
    }
    if measure.leads == 0 {
        return measure;
    }
    let leads = f64::from(measure.leads);
    let base = f64::from(won) / leads;
    measure.brier /= leads;
    measure.log_loss /= leads;
    measure.base_brier = base * (1.0 - base);
    let surprise = |share: f64| if share > 0.0 { -share * share.ln() } else { 0.0 };
    measure.base_log_loss = surprise(base) + surprise(1.0 - base);
    measure.auc = auc(told, won, measure.leads - won);
    measure
}

/// The lower end of a band.
fn begin_of(place: usize) -> f64 {
    let place = u32::try_from(place).unwrap_or_default();
    f64::from(place) / f64::from(u32::try_from(MEASURED_BANDS).unwrap_or(1))
}

/// What was told of what happened; never quite nothing, so that its logarithm is a number.
fn of_end(probability: f64, is_won: bool) -> f64 {
    let told = if is_won { probability } else { 1.0 - probability };
    told.max(f64::MIN_POSITIVE)
}

/// By the sum of ranks (Mann–Whitney); those that were told the same share their ranks.
fn auc(told: &[(f64, bool)], won: u32, lost: u32) -> Option<f64> {
    if won == 0 || lost == 0 {
        return None;
    }
    let mut told = told.to_vec();
    told.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (mut rank, mut sum) = (0.0, 0.0);
    for same in told.chunk_by(|one, other| one.0.total_cmp(&other.0).is_eq()) {
        let count = f64::from(u32::try_from(same.len()).unwrap_or(u32::MAX));
        let middle = rank + (count + 1.0) / 2.0;
        let won_here = same.iter().filter(|(_, is_won)| *is_won).count();
        sum += middle * f64::from(u32::try_from(won_here).unwrap_or(u32::MAX));
        rank += count;
    }
    let (won, lost) = (f64::from(won), f64::from(lost));
    Some((sum - won * (won + 1.0) / 2.0) / (won * lost))
}

//! In which order the rows of a file are looked at: those that others of the file lead to come first, wherever they stand,
//! so that a link to a later row is as good as one to an earlier row. It follows from the file and its plan alone. A run
//! that goes on leaves out the rows of which the store says what became of them, so that no row is done twice or left out
//! where the order is another one by then: with a newer version of Tracte, or without what an erasure took out of the plan.

use super::entities::{title_of, unique_keys};
use super::keys::of_program;
use super::reading::{ReadRow, Reading};
use crate::records::Draft;
use model::{Kind, MATCHED, fold, normalize_email, own_name, single_spaced};
use sheets::{Row, Sheet};
use std::collections::{BTreeSet, HashMap, HashSet};

/// Rows of one name that come first: more of them are «several» anyway.
const NAMESAKES_MAX: usize = 2;

/// The order of a file. Nothing comes first where no column leads to records of the file's own entity.
#[derive(Default)]
pub(crate) struct Order {
    /// Step and number of rows that come before all others; none leads to another one of its step.
    ahead: Vec<(usize, usize)>,
    numbers: HashSet<usize>,
    /// Rows that were done before.
    done: HashSet<u64>,
}

/// How far the rows of a file were looked at.
#[derive(Clone, Copy, Default)]
pub(crate) struct Stand {
    /// Of those that come first.
    ahead: usize,
    /// The number of the last one of the others.
    last_number: usize,
}

/// A row that others lead to.
struct Meant {
    number: usize,
    leads_to: Vec<String>,
}

impl Order {
    pub(crate) fn of(reading: &Reading, entity: Kind, program: Option<&str>, sheet: &Sheet) -> Order {
        if !reading.leads_within(entity) {
            return Order::default();
        }
        let links = |read: &ReadRow| -> Vec<String> {
            let own = read.links.iter().filter(|link| is_within(&link.key, link.target, entity));
            own.flat_map(|link| names_meant(program, &link.text)).collect()
        };
        let wanted: HashSet<String> = sheet.rows().flat_map(|row| links(&reading.read(&row))).collect();
        let mut rows: Vec<Meant> = Vec::new();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for row in sheet.rows() {
            let read = reading.read(&row);
            let mut is_meant = false;
            for name in names_of(entity, &read.draft).into_iter().filter(|name| wanted.contains(name)) {
                let namesakes = by_name.entry(name).or_default();
                if namesakes.len() < NAMESAKES_MAX {
                    namesakes.push(rows.len());
                    is_meant = true;
                }
            }
            if is_meant {
                rows.push(Meant { number: row.number, leads_to: links(&read) });
            }
        }
        let mut ahead: Vec<(usize, usize)> =
            steps(&rows, &by_name).into_iter().zip(rows.iter().map(|row| row.number)).collect();
        ahead.sort_unstable();
        let numbers = ahead.iter().map(|(_, number)| *number).collect();
        Order { ahead, numbers, done: HashSet::new() }
    }

    /// The rows that are still to be done, from the beginning.
    pub(crate) fn leave_out(&mut self, done: HashSet<u64>) {
        self.ahead.retain(|(_, number)| !done.contains(&(*number as u64)));
        self.done = done;
    }

    pub(crate) fn is_done(&self, number: usize) -> bool {
        self.done.contains(&(number as u64))
    }

    /// Whether other rows may lead to it.
    pub(crate) fn is_ahead(&self, number: u64) -> bool {
        usize::try_from(number).is_ok_and(|number| self.numbers.contains(&number))
    }

    /// The next rows, so many at most; none of them leads to another one of them.
    pub(crate) fn rows(&self, sheet: &Sheet, stand: Stand, size: usize) -> Vec<Row> {
        match self.ahead.get(stand.ahead..) {
            Some(ahead @ [(step, _), ..]) => {
                let of_step = ahead.iter().take_while(|(other, _)| other == step).take(size);
                of_step.filter_map(|(_, number)| sheet.rows_from(*number).next()).collect()
            }
            _ => {
                let others = sheet.rows_from(stand.last_number + 1);
                let is_next = |row: &Row| !self.numbers.contains(&row.number) && !self.is_done(row.number);
                others.filter(is_next).take(size).collect()
            }
        }
    }
}

impl Stand {
    /// Once these rows, the next ones, were looked at, too.
    pub(crate) fn after(self, order: &Order, rows: &[Row]) -> Stand {
        match rows.last() {
            Some(_) if self.ahead < order.ahead.len() => Stand { ahead: self.ahead + rows.len(), ..self },
            Some(last) => Stand { last_number: last.number, ..self },
            None => self,
        }
    }
}

/// Whether a link leads to records of the file's own entity by a field that every company has: an own one may be taken away
/// while the import runs, and the order would be another one.
pub(super) fn is_within(key: &str, target: Kind, entity: Kind) -> bool {
    target == entity && own_name(key).is_none()
}

/// How others may call the record of a row, as [`names_meant`] writes it.
pub(super) fn names_of(entity: Kind, draft: &Draft) -> Vec<String> {
    let text = |key: &str| draft.one(key).map(single_spaced).filter(|text| !text.is_empty());
    let keys = unique_keys(entity).iter().filter_map(|key| text(key)).map(|key| by_key(&key));
    let email = text("email").filter(|_| MATCHED.contains(&entity));
    let title = Some(title_of(entity, draft)).filter(|title| !title.is_empty());
    let names = title.into_iter().chain(email.and_then(|email| normalize_email(&email).ok()));
    keys.chain(names.map(|name| by_word(&name))).collect()
}

/// What the text of a link may mean: a key, else a name or an address.
pub(super) fn names_meant(program: Option<&str>, text: &str) -> [String; 2] {
    let key = program.map_or_else(|| text.to_owned(), |program| of_program(program, text));
    [by_key(&key), by_word(text)]
}

/// Keys differ by case alone.
fn by_key(key: &str) -> String {
    format!("key {key}")
}

fn by_word(name: &str) -> String {
    format!("name {}", fold(name))
}

/// The step of each row: behind those of all rows that it leads to. Rows that lead to each other in a circle come last.
fn steps(rows: &[Meant], by_name: &HashMap<String, Vec<usize>>) -> Vec<usize> {
    let mut waits_for = vec![0_usize; rows.len()];
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); rows.len()];
    for (place, row) in rows.iter().enumerate() {
        let meant = row.leads_to.iter().filter_map(|name| by_name.get(name)).flatten().copied();
        let meant: BTreeSet<usize> = meant.filter(|other| *other != place).collect();
        waits_for[place] = meant.len();
        for other in meant {
            followers[other].push(place);
        }
    }
    let mut steps = vec![0_usize; rows.len()];
    let mut ready: Vec<usize> = (0..rows.len()).filter(|place| waits_for[*place] == 0).collect();
    while let Some(place) = ready.pop() {
        for follower in &followers[place] {
            steps[*follower] = steps[*follower].max(steps[place] + 1);
            waits_for[*follower] -= 1;
            if waits_for[*follower] == 0 {
                ready.push(*follower);
            }
        }
    }
    let last = steps.iter().max().map_or(0, |step| step + 1);
    for (step, waits) in steps.iter_mut().zip(waits_for) {
        if waits > 0 {
            *step = last;
        }
    }
    steps
}

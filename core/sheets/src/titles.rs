//! Titles above the headers: a first row that is far narrower than the rows below it names no columns.

use crate::sheet::RawRow;

/// Rows looked at from the first one.
pub(crate) const ROWS_LOOKED_AT: usize = 50;
/// Tables that are narrower than this look like a list with a stray cell, unless an empty row stands above them.
const COLUMNS_MIN: usize = 3;
/// Fewer rows tell nothing.
const ROWS_BELOW_MIN: usize = 2;

/// The row of the headers below titles: the first one that is as wide as what follows, if it is made of names. `rows` are the
/// first ones of the sheet that hold something. Nothing where the first row is as good as any.
pub(crate) fn header_below(rows: &[RawRow]) -> Option<usize> {
    let [first, below @ ..] = rows else { return None };
    if below.len() < ROWS_BELOW_MIN {
        return None;
    }
    let mut widths: Vec<usize> = below.iter().map(filled).collect();
    widths.sort_unstable();
    let usual = widths[widths.len() / 2];
    let has_gap = below[0].number > first.number + 1;
    if filled(first) * 2 > usual || (usual < COLUMNS_MIN && !has_gap) {
        return None;
    }
    let header = below.iter().take(below.len() - 1).find(|row| filled(row) >= usual)?;
    has_names(header).then_some(header.number)
}

/// Whether nearly all rows behind that number have as many cells as it, empty ones, too: prose with commas in it has not.
pub(crate) fn is_even(rows: &[RawRow], number: usize) -> bool {
    let mut table = rows.iter().skip_while(|row| row.number < number).map(|row| row.cells.len());
    let Some(width) = table.next() else { return false };
    let (alike, all) =
        table.fold((0, 0), |(alike, all), cells| (alike + usize::from(cells == width), all + 1));
    alike * 10 >= all * 8
}

fn filled(row: &RawRow) -> usize {
    row.cells.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// Numbers, phones, days and addresses are no names of columns.
fn has_names(row: &RawRow) -> bool {
    let is_value = |cell: &str| {
        let digits = cell.chars().filter(char::is_ascii_digit).count();
        cell.contains('@') || (digits > 0 && digits * 2 >= cell.chars().count())
    };
    !row.numbers.contains(&true) && !row.cells.iter().any(|cell| is_value(cell.trim()))
}

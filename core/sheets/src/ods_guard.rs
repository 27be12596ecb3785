//! Looks through an ODS before it is parsed: the reader lays out repeated cells and rows in memory, and waits for ever
//! for the end of a table that does not come.

use crate::error::OpenError;
use crate::limits::ODS_CELLS_MAX;

/// A row of the widest sheet a program can make.
const COLUMNS_LAID_OUT_MAX: u64 = 16_384;
/// Spaces in one go: longer runs than a cell can hold are made to hurt.
const SPACES_MAX: u64 = 32_767;

#[derive(Default)]
struct Count {
    tables_open: usize,
    annotations_open: usize,
    row_repeats: u64,
    columns: u64,
    used_columns: u64,
    widest: u64,
    rows: u64,
    used_rows: u64,
    cells: u64,
}

/// `content` is `content.xml`.
pub(crate) fn refuse_traps(content: &[u8]) -> Result<(), OpenError> {
    let mut count = Count::default();
    let mut rest = content;
    while let Some(start) = rest.iter().position(|byte| *byte == b'<') {
        rest = &rest[start..];
        let (tag, length) = tag(rest)?;
        rest = &rest[length..];
        if let Some(tag) = tag {
            visit(&mut count, tag)?;
        }
    }
    if count.tables_open > 0 || count.annotations_open > 0 {
        return Err(OpenError::damaged("its table has no end"));
    }
    Ok(())
}

/// The inside of the tag at the start, and the bytes to go on after; none for comments, character data, declarations.
fn tag(bytes: &[u8]) -> Result<(Option<&[u8]>, usize), OpenError> {
    let broken = || OpenError::damaged("its content breaks off inside a tag");
    let skip = |end: &[u8]| {
        let position = bytes.windows(end.len()).position(|window| window == end).ok_or_else(broken)?;
        Ok((None, position + end.len()))
    };
    match bytes {
        [b'<', b'!', b'-', b'-', ..] => skip(b"-->"),
        [b'<', b'!', b'[', ..] => skip(b"]]>"),
        [b'<', b'!', ..] => Err(OpenError::damaged("it declares a document type")),
        [b'<', b'?', ..] => skip(b"?>"),
        _ => {
            let mut quote = None;
            let end = bytes.iter().position(|byte| {
                match (quote, *byte) {
                    (None, b'"' | b'\'') => quote = Some(*byte),
                    (Some(open), byte) if open == byte => quote = None,
                    (None, b'>') => return true,
                    _ => (),
                }
                false
            });
            let end = end.ok_or_else(broken)?;
            Ok((Some(&bytes[1..end]), end + 1))
        }
    }
}

fn visit(count: &mut Count, tag: &[u8]) -> Result<(), OpenError> {
    let is_closed = tag.ends_with(b"/");
    let name_end =
        tag.iter().skip(1).position(|byte| byte.is_ascii_whitespace() || *byte == b'/' || *byte == b'>');
    let name = name_end.map_or(tag, |end| &tag[..=end]);
    match name {
        b"table:table" if !is_closed => count.tables_open += 1,
        b"/table:table" => count.tables_open = count.tables_open.saturating_sub(1),
        b"office:annotation" if !is_closed => count.annotations_open += 1,
        b"/office:annotation" => count.annotations_open = count.annotations_open.saturating_sub(1),
        b"text:s" if attribute(tag, b"text:c=").unwrap_or(1) > SPACES_MAX => {
            return Err(OpenError::damaged("a cell claims more spaces than a cell can hold"));
        }
        b"table:table-row" => {
            count.row_repeats = attribute(tag, b"table:number-rows-repeated=").unwrap_or(1);
            (count.columns, count.used_columns) = (0, 0);
            if is_closed {
                count.rows = count.rows.saturating_add(count.row_repeats);
            }
        }
        b"/table:table-row" => end_row(count)?,
        b"table:table-cell" | b"table:covered-table-cell" => {
            let repeats = attribute(tag, b"table:number-columns-repeated=").unwrap_or(1);
            count.columns = count.columns.saturating_add(repeats).min(COLUMNS_LAID_OUT_MAX);
            let has_value = [&b"office:value"[..], b"office:string-value", b"table:formula", b"-value="];
            if has_value.iter().any(|sought| find(tag, sought).is_some()) {
                count.used_columns = count.columns;
            }
        }
        _ => (),
    }
    Ok(())
}

/// What the reader lays out: every row up to the last used one, each as wide as the widest.
fn end_row(count: &mut Count) -> Result<(), OpenError> {
    count.rows = count.rows.saturating_add(count.row_repeats);
    if count.used_columns > 0 {
        count.used_rows = count.rows;
        count.widest = count.widest.max(count.used_columns);
        count.cells = count.cells.saturating_add(count.used_columns);
    }
    let laid_out = count.used_rows.saturating_mul(count.widest).max(count.cells);
    if laid_out > ODS_CELLS_MAX {
        return Err(OpenError::ZipBomb { bytes: laid_out });
    }
    Ok(())
}

/// A number in an attribute; one that cannot be read counts as huge.
fn attribute(tag: &[u8], name: &[u8]) -> Option<u64> {
    let at = find(tag, name)? + name.len() + 1;
    let digits: String = tag[at.min(tag.len())..]
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .map(|byte| char::from(*byte))
        .collect();
    Some(digits.parse().unwrap_or(u64::MAX))
}

fn find(bytes: &[u8], sought: &[u8]) -> Option<usize> {
    bytes.windows(sought.len()).position(|window| window == sought)
}

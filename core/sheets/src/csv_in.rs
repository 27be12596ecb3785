//! CSV in: encoding and separator found by content, records read one at a time.

use crate::csv_out::without_guard;
use crate::error::{OpenError, Problem, ProblemCode};
use crate::limits::Limits;
use crate::sheet::{RawRow, check_header, used_columns};
use crate::titles;
use csv::{Position, Reader, ReaderBuilder, StringRecord};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::io::Cursor;

/// In the order of preference when two fit equally well.
const SEPARATORS: [u8; 4] = [b';', b'\t', b',', b'|'];
/// Parts nothing: for files with one column. The ASCII unit separator does not pass `sniff`, so no text holds it.
const NO_SEPARATOR: u8 = 0x1f;
/// Records looked at to find the separator: enough to see past a few odd ones.
const SAMPLE_RECORDS: usize = 50;
/// Text looked at to find the separator, so that a never-closed quote does not read the whole file four times.
const SAMPLE_BYTES: usize = 256 * 1024;
/// A place to resume from is kept every so many rows: at most that many are read again, and a million rows cost 24 KB.
const CHECKPOINT_ROWS: usize = 1_024;
/// A text is broken UTF-8 rather than Windows-1252 if it holds this many good multi-byte characters for each bad byte.
const GOOD_FOR_EACH_BAD: usize = 4;
/// As much of a cell whose quotes are not in order is quoted.
const QUOTED_CHARACTERS_MAX: usize = 80;

/// The decoded text of a CSV file.
pub(crate) struct CsvText {
    text: String,
    /// After a `sep=;` line, and after what stands above the header.
    start: usize,
    start_line: usize,
    separator: u8,
    checkpoints: Vec<Checkpoint>,
}

/// A byte between two records, and the line it is on.
#[derive(Clone, Copy)]
struct Place {
    byte: usize,
    line: usize,
}

/// A place to resume from, and the number of the first row after it.
struct Checkpoint {
    number: usize,
    place: Place,
}

/// What one pass over the whole file tells.
pub(crate) struct Summary {
    pub(crate) header: RawRow,
    pub(crate) rows: usize,
    pub(crate) used_columns: usize,
}

impl CsvText {
    /// Never fails: what is not UTF-8 or UTF-16 is Windows-1252, in which every byte means something.
    pub(crate) fn decode(bytes: &[u8]) -> (CsvText, &'static str) {
        CsvText::decode_as(bytes, encoding_of(bytes))
    }

    pub(crate) fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> (CsvText, &'static str) {
        let (text, _) = encoding.decode_with_bom_removal(bytes);
        let text = CsvText {
            text: text.into_owned(),
            start: 0,
            start_line: 1,
            separator: NO_SEPARATOR,
            checkpoints: Vec::new(),
        };
        (text, encoding.name())
    }

    /// Leaves out what stands above this line.
    pub(crate) fn begin_at(&mut self, line: usize) {
        let bytes = self.text.as_bytes();
        while self.start_line < line && self.start < bytes.len() {
            let at = self.start;
            self.start_line += line_ends(bytes, at, at + 1);
            self.start += 1;
        }
    }

    /// Leaves out titles above the headers; how many rows of them there are. A title hides what parts the cells below it.
    pub(crate) fn pass_titles(&mut self) -> usize {
        let found = self.separator;
        let others = SEPARATORS.into_iter().filter(|separator| *separator != found);
        for separator in std::iter::once(found).chain(others) {
            let rows = self.first_rows(separator);
            let header = titles::header_below(&rows);
            let header = header.filter(|number| separator == found || titles::is_even(&rows, *number));
            if let Some(number) = header {
                self.begin_at(number);
                self.find_separator();
                return rows.iter().take_while(|row| row.number < number).count();
            }
        }
        0
    }

    fn first_rows(&self, separator: u8) -> Vec<RawRow> {
        let mut records = self.parted_by(separator, self.begin());
        std::iter::from_fn(|| records.next()).take(titles::ROWS_LOOKED_AT).collect()
    }

    pub(crate) fn separator(&self) -> Option<char> {
        (self.separator != NO_SEPARATOR).then(|| char::from(self.separator))
    }

    /// Honours Excel's `sep=;` line; else takes the separator with which most records are as wide as the header.
    pub(crate) fn find_separator(&mut self) {
        let first_line = self.text.lines().next().unwrap_or_default();
        let declared = first_line.trim().trim_matches('"');
        if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', separator] = declared.as_bytes() {
            self.separator = *separator;
            if self.start == 0 {
                self.start = self.text.find('\n').map_or(self.text.len(), |end| end + 1);
                self.start_line = 2;
            }
            return;
        }
        let mut best = (0, 1);
        for separator in SEPARATORS {
            let fit = self.fit(separator);
            if fit > best {
                (best, self.separator) = (fit, separator);
            }
        }
    }

    /// How many of a hundred sampled records are as wide as the header, and that width; nothing if it parts nothing.
    fn fit(&self, separator: u8) -> (usize, usize) {
        let mut end = self.text.len().min(self.start.saturating_add(SAMPLE_BYTES));
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        let mut reader = reader(&self.text[self.start..end], separator);
        let mut widths = Vec::with_capacity(SAMPLE_RECORDS);
        let mut record = StringRecord::new();
        while widths.len() < SAMPLE_RECORDS && reader.read_record(&mut record).unwrap_or(false) {
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                widths.push(record.len());
            }
        }
        match widths.first() {
            Some(&header) if header > 1 => {
                let alike = widths.iter().filter(|width| **width == header).count();
                (alike * 100 / widths.len(), header)
            }
            _ => (0, 0),
        }
    }

    /// Reads the whole file once: header, count of rows, places to resume from.
    pub(crate) fn survey(&mut self, limits: &Limits) -> Result<Summary, OpenError> {
        let mut checkpoints = Vec::new();
        let mut records = self.records(self.begin());
        let header = records.next().ok_or(OpenError::Empty)?;
        check_header(&header, limits)?;
        let (mut rows, mut columns) = (0, 0);
        let mut place = records.place;
        while let Some(row) = records.next() {
            if rows % CHECKPOINT_ROWS == 0 {
                checkpoints.push(Checkpoint { number: row.number, place });
            }
            rows += 1;
            if rows > limits.rows {
                return Err(OpenError::TooManyRows { limit: limits.rows });
            }
            columns = columns.max(used_columns(&row.cells));
            place = records.place;
        }
        self.checkpoints = checkpoints;
        Ok(Summary { header, rows, used_columns: columns })
    }

    /// The records from a place at or before the row with that number.
    pub(crate) fn records_from(&self, first_number: usize) -> CsvRecords<'_> {
        let after = self.checkpoints.partition_point(|checkpoint| checkpoint.number <= first_number);
        let checkpoint = after.checked_sub(1).map(|index| &self.checkpoints[index]);
        self.records(checkpoint.map_or(self.begin(), |checkpoint| checkpoint.place))
    }

    fn begin(&self) -> Place {
        Place { byte: self.start, line: self.start_line }
    }

    fn records(&self, place: Place) -> CsvRecords<'_> {
        self.parted_by(self.separator, place)
    }

    fn parted_by(&self, separator: u8, place: Place) -> CsvRecords<'_> {
        let reader = reader(&self.text[place.byte..], separator);
        CsvRecords {
            text: &self.text,
            reader,
            origin: place.byte,
            place,
            record: StringRecord::new(),
            separator,
        }
    }
}

/// Reads records and knows the line each begins at. Records without text are passed over.
///
/// The reader takes whatever it finds within quotes: one that nothing closes would swallow all rows behind it. So a record
/// whose quotes are not in order is its first line, as it stands there, and a problem; reading goes on at the next line.
pub(crate) struct CsvRecords<'a> {
    text: &'a str,
    reader: Reader<Cursor<&'a [u8]>>,
    /// Where the reader's text starts in the whole text.
    origin: usize,
    /// Where the last record ended; its line is counted up to that byte.
    place: Place,
    record: StringRecord,
    separator: u8,
}

impl CsvRecords<'_> {
    pub(crate) fn next(&mut self) -> Option<RawRow> {
        loop {
            // The text is UTF-8 and rows may differ in width, so the reader has nothing to fail on.
            if !self.reader.read_record(&mut self.record).unwrap_or(false) {
                return None;
            }
            let begin = self.begin_of_record();
            if let Some(row) = self.broken_line(begin) {
                return Some(row);
            }
            let number = begin.line;
            if self.record.iter().all(|cell| self.is_blank(cell)) {
                continue;
            }
            let cells = self.record.iter().map(without_guard).collect();
            return Some(RawRow { number, cells, ..RawRow::default() });
        }
    }

    /// In a file whose separator nothing told, a line of separators alone is blank too.
    fn is_blank(&self, cell: &str) -> bool {
        let is_one_column = self.separator == NO_SEPARATOR;
        let is_separator =
            |character: char| SEPARATORS.iter().any(|separator| char::from(*separator) == character);
        let is_filling =
            |character: char| character.is_whitespace() || (is_one_column && is_separator(character));
        cell.chars().all(is_filling)
    }

    /// Where the record just read begins; moves `place` to its end.
    ///
    /// Counted here because the reader's own count leaves out the line feed of a CR LF and empty lines before a record.
    fn begin_of_record(&mut self) -> Place {
        let bytes = self.text.as_bytes();
        let mut begin = self.place.byte;
        let mut line = self.place.line;
        while let Some(byte) = bytes.get(begin).filter(|byte| matches!(byte, b'\r' | b'\n')) {
            let is_line_end = *byte == b'\n' || bytes.get(begin + 1) != Some(&b'\n');
            line += usize::from(is_line_end);
            begin += 1;
        }
        let end = self.end_of_record();
        self.place = Place { byte: end, line: line + line_ends(bytes, begin.min(end), end) };
        Place { byte: begin.min(end), line }
    }

    /// The first line of a record whose quotes are not in order, its quotes taken as plain text; the reader begins anew
    /// behind it.
    fn broken_line(&mut self, begin: Place) -> Option<RawRow> {
        let text = self.text;
        let (column, at) = broken_quote(&text.as_bytes()[begin.byte..self.place.byte], self.separator)?;
        let line = text[begin.byte..].split(['\r', '\n']).next().unwrap_or_default();
        let end = text.len().min(begin.byte + line.len() + 1);
        self.place = Place { byte: end, line: begin.line + line_ends(text.as_bytes(), begin.byte, end) };
        let mut behind = Position::new();
        behind.set_byte((end - self.origin) as u64);
        // A text in memory can be gone back in.
        self.reader.seek(behind).ok()?;
        // The cell may be of a later line of the record: then that one is told of, too, once it is read.
        let quoted = line.get(at..).unwrap_or(line).chars().take(QUOTED_CHARACTERS_MAX).collect();
        let (row, code) = (begin.line, ProblemCode::BrokenQuote);
        let cells = line.split(char::from(self.separator)).map(without_guard).collect();
        let problems = vec![Problem { row, column, code, text: quoted }];
        Some(RawRow { number: row, cells, problems, ..RawRow::default() })
    }

    fn end_of_record(&self) -> usize {
        let read: &Position = self.reader.position();
        let end = self.origin.saturating_add(usize::try_from(read.byte()).unwrap_or(usize::MAX));
        end.min(self.text.len())
    }
}

/// Line feeds, and carriage returns that no line feed follows, from one byte up to another.
fn line_ends(bytes: &[u8], begin: usize, end: usize) -> usize {
    let is_end = |index: &usize| match bytes[*index] {
        b'\n' => true,
        b'\r' => bytes.get(index + 1) != Some(&b'\n'),
        _ => false,
    };
    (begin..end).filter(is_end).count()
}

/// The first cell of a record whose quotes are not in order: nothing closes them, or text stands behind the one that does.
/// Its column, and where it begins.
fn broken_quote(record: &[u8], separator: u8) -> Option<(usize, usize)> {
    let ends_cell = |byte: u8| byte == separator || matches!(byte, b'\r' | b'\n');
    let (mut column, mut begin) = (0, 0);
    while let Some(first) = record.get(begin) {
        let mut end = begin;
        if *first == b'"' {
            let Some(behind) = behind_quotes(record, begin) else {
                return Some((column, begin));
            };
            // Spaces behind the closing quote harm nobody.
            end = behind + record[behind..].iter().take_while(|byte| **byte == b' ').count();
            if record.get(end).is_some_and(|byte| !ends_cell(*byte)) {
                return Some((column, begin));
            }
        }
        end += record[end..].iter().take_while(|byte| !ends_cell(**byte)).count();
        if record.get(end) != Some(&separator) {
            return None;
        }
        (column, begin) = (column + 1, end + 1);
    }
    None
}

/// What follows the quote that closes a cell; two of them within it stand for one.
fn behind_quotes(record: &[u8], begin: usize) -> Option<usize> {
    let mut at = begin + 1;
    loop {
        at += record[at..].iter().position(|byte| *byte == b'"')? + 1;
        if record.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

fn reader(text: &str, separator: u8) -> Reader<Cursor<&[u8]>> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(Cursor::new(text.as_bytes()))
}

pub(crate) fn encoding_of(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good >= bad * GOOD_FOR_EACH_BAD { UTF_8 } else { WINDOWS_1252 }
}

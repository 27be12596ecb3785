#![doc = include_str!("../README.md")]

mod card_lines;
mod cards;
mod cell_text;
mod csv_in;
mod csv_out;
mod error;
mod limits;
mod ods_guard;
mod sheet;
mod sniff;
mod titles;
mod workbook;
mod xlsx_out;
mod zip_guard;

pub use cards::{CARDS_TYPE, Card, CardAddress, CardOf, write_cards};
pub use csv_out::{Separator, write_csv};
pub use error::{FileKind, OpenError, Problem, ProblemCode};
pub use limits::*;
pub use sheet::{ENCODINGS, Format, ReadAs, Row, Rows, Sheet, encoding_named, open, open_as, open_sheet};
pub use xlsx_out::{Cell, Column, Kind, WriteError, write_xlsx};

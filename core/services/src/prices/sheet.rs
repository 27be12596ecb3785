//! A price list as a file, read: which column is what, and how it writes days and numbers.

use crate::imports::formats::{Formats, iso_date, plain_number};
use crate::imports::headers::bare;
use crate::{Ctx, Error, permissions};
use model::serde::{Deserialize, Serialize};
use model::{Action, DateOrder, Kind, NumberForm};
use sheets::{Limits, Sheet};
use std::collections::BTreeMap;

/// Rows of a price list: what is looked through while a page waits.
pub const ROWS_MAX: usize = 10_000;
/// A list of that many rows is far below it.
const FILE_BYTES_MAX: usize = 8 * 1024 * 1024;
const COLUMNS_MAX: usize = 60;
const CELL_CHARACTERS_MAX: usize = 200;

/// What stands above the columns, without signs and accents.
const HEADERS: &[(Part, &[&str])] = &[
    (
        Part::Code,
        &[
            "codi",
            "codigo",
            "code",
            "sku",
            "ref",
            "referencia",
            "reference",
            "codideproducte",
            "codigodeproducto",
            "productcode",
        ],
    ),
    (
        Part::Quantity,
        &[
            "desdequantitat",
            "apartirdelaquantitat",
            "quantitat",
            "quantitatminima",
            "desdecantidad",
            "desdelacantidad",
            "cantidad",
            "cantidadminima",
            "fromquantity",
            "quantity",
            "minimumquantity",
            "minqty",
        ],
    ),
    (
        Part::Price,
        &["preu", "preuunitari", "precio", "preciounitario", "price", "unitprice", "pvp", "tarifa"],
    ),
    (
        Part::From,
        &[
            "desdel",
            "desde",
            "desdeeldia",
            "from",
            "validfrom",
            "desdeldia",
            "desdeel",
            "validesdel",
            "validodesde",
        ],
    ),
    (
        Part::Until,
        &[
            "finsal",
            "hastael",
            "hasta",
            "until",
            "to",
            "validuntil",
            "finsaldia",
            "hastaeldia",
            "validfinsal",
            "validohasta",
        ],
    ),
    (Part::Currency, &["moneda", "divisa", "currency"]),
];

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Part {
    Code,
    Quantity,
    Price,
    From,
    Until,
    Currency,
}

/// A row of a file as it will be looked through: dates in ISO order, numbers with a comma and nothing between thousands.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(crate = "model::serde", default)]
pub struct SheetRow {
    /// As the spreadsheet program numbers it.
    pub row: u64,
    pub code: String,
    pub quantity: String,
    pub price: String,
    pub from: String,
    pub until: String,
    pub currency: String,
}
/// Reads a file. Problem codes: those of files, `price-no-code-column`, `price-no-price-column`, `price-too-many`.
pub fn read_file(ctx: &Ctx, file_name: &str, bytes: &[u8]) -> Result<Vec<SheetRow>, Error> {
    permissions::require_all(ctx, Kind::Price, Action::Change)?;
    let limits = Limits {
        file_bytes: FILE_BYTES_MAX,
        columns: COLUMNS_MAX,
        cell_characters: CELL_CHARACTERS_MAX,
        ..Limits::default()
    };
    let sheet = sheets::open(bytes, file_name, &limits)
        .map_err(|error| Error::invalid("file", &format!("file-{}", error.code()), error.to_string()))?;
    if sheet.rows > ROWS_MAX {
        return Err(Error::invalid("file", "price-too-many", ROWS_MAX.to_string()));
    }
    let places = places(&sheet)?;
    let formats = formats(&sheet, &places);
    Ok(sheet.rows().map(|row| read_row(&row, &places, &formats)).collect())
}

/// Which column is what. The first one of a name counts.
fn places(sheet: &Sheet) -> Result<BTreeMap<Part, usize>, Error> {
    let mut places = BTreeMap::new();
    for (place, header) in sheet.headers.iter().enumerate() {
        let header = bare(header);
        if let Some((part, _)) = HEADERS.iter().find(|(_, words)| words.contains(&header.as_str())) {
            places.entry(*part).or_insert(place);
        }
    }
    let missing = |part: &Part| !places.contains_key(part);
    match [Part::Code, Part::Price].iter().find(|part| missing(part)) {
        Some(Part::Code) => Err(Error::invalid("file", "price-no-code-column", "")),
        Some(_) => Err(Error::invalid("file", "price-no-price-column", "")),
        None => Ok(places),
    }
}

/// How the columns write dates and numbers, told from all their cells.
struct Forms {
    dates: DateOrder,
    numbers: BTreeMap<Part, NumberForm>,
}

fn formats(sheet: &Sheet, places: &BTreeMap<Part, usize>) -> Forms {
    let mut seen: BTreeMap<Part, Formats> = BTreeMap::new();
    let mut dates = Formats::default();
    for row in sheet.rows() {
        for (part, place) in places {
            let Some(cell) = row.cells.get(*place).map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
            else {
                continue;
            };
            match part {
                // Numbers of a workbook say nothing of how texts beside them are written.
                Part::Quantity | Part::Price if row.is_number(*place) => {}
                Part::Quantity | Part::Price => seen.entry(*part).or_default().look(cell),
                Part::From | Part::Until => dates.look(cell),
                Part::Code | Part::Currency => {}
            }
        }
    }
    let usual = NumberForm::Comma;
    Forms {
        dates: dates.dates(DateOrder::DayFirst).map_or(DateOrder::DayFirst, |told| told.form),
        numbers: seen
            .into_iter()
            .map(|(part, formats)| (part, formats.numbers(usual, false).map_or(usual, |told| told.form)))
            .collect(),
    }
}

fn read_row(row: &sheets::Row, places: &BTreeMap<Part, usize>, forms: &Forms) -> SheetRow {
    let cell = |part: Part| {
        let place = places.get(&part).copied();
        place.and_then(|place| row.cells.get(place)).map_or("", |cell| cell.trim())
    };
    let number = |part: Part| {
        let is_number = places.get(&part).is_some_and(|place| row.is_number(*place));
        let form = if is_number { Some(NumberForm::Point) } else { forms.numbers.get(&part).copied() };
        plain_number(cell(part), form)
    };
    let date = |part: Part| iso_date(cell(part), Some(forms.dates));
    SheetRow {
        row: row.number as u64,
        code: cell(Part::Code).to_owned(),
        quantity: number(Part::Quantity),
        price: number(Part::Price),
        from: date(Part::From),
        until: date(Part::Until),
        currency: cell(Part::Currency).to_owned(),
    }
}

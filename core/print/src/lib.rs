#![doc = include_str!("../README.md")]

mod fonts;
mod templates;
mod world;

pub use templates::{Template, Templates};

use model::jiff::Timestamp;
use model::json::{self, Value};
use typst::diag::{SourceDiagnostic, Warned};
use typst::ecow::EcoVec;
use typst::foundations::{Datetime, Smart};
use typst::syntax::Source;
use typst::{World, WorldExt, comemo};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};
use world::Paper;

/// The data of one document as JSON: a person with thousands of changes is some megabytes.
pub const DATA_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Pictures of one document, and all of them together.
pub const PICTURES_MAX: usize = 100;
pub const PICTURES_BYTES_MAX: usize = 200 * 1024 * 1024;
/// More is no document that people read; it is said before the file is written.
pub const PAGES_MAX: usize = 2_000;
/// Problems of a template told at once.
const PROBLEMS_MAX: usize = 20;
/// What typst remembers of earlier documents, in documents: enough for a template that is being changed.
const REMEMBERED_MAX: usize = 4;

/// A picture that the data names: `files/<name>`.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Digits, letters, `-` and one dot: a small set of names, as typst never forgets one.
    pub name: String,
    /// PNG or JPEG.
    pub bytes: Vec<u8>,
}

/// A finished document.
#[derive(Clone, Debug)]
pub struct Pdf {
    pub bytes: Vec<u8>,
    pub pages: usize,
    /// Whether it keeps to PDF/UA-1. A text with a letter that no font has makes a tagged PDF that does not.
    pub is_accessible: bool,
}

/// Whether a picture can be printed: it is tried, on a page of its own.
pub fn is_picture(bytes: &[u8]) -> bool {
    let picture = Picture { name: "tried".to_owned(), bytes: bytes.to_vec() };
    let template = Template::of("#image(\"files/tried\", alt: \"tried\")");
    print(&template, &Value::Null, &[picture], Timestamp::UNIX_EPOCH).is_ok()
}

/// What is wrong with a template or its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// `main.typ`; empty where it is about no file.
    pub file: String,
    /// From 1; 0 where it is about no line.
    pub line: usize,
    /// In English, as typst says it: for those who change templates.
    pub message: String,
}

impl Problem {
    fn general(message: impl Into<String>) -> Problem {
        Problem { file: String::new(), line: 0, message: message.into() }
    }
}

/// Prints data with a template. The template reads the data as `json("data.json")`: whatever people typed is data, never
/// markup. Nothing else is within its reach: no folder, no network, no package, no clock but `at`.
pub fn print(
    template: &Template,
    data: &Value,
    pictures: &[Picture],
    at: Timestamp,
) -> Result<Pdf, Vec<Problem>> {
    let data = json::to_vec(data).map_err(|error| vec![Problem::general(error.to_string())])?;
    within_limits(&data, pictures)?;
    let today = at.to_zoned_datetime(model::jiff::tz::TimeZone::UTC).date();
    let date = Datetime::from_ymd(
        i32::from(today.year()),
        u8::try_from(today.month()).unwrap_or(1),
        u8::try_from(today.day()).unwrap_or(1),
    );
    let paper = Paper::new(template, data, pictures, date)?;
    let Warned { output, warnings: _ } = typst::compile::<PagedDocument>(&paper);
    let result =
        output.map_err(|errors| problems(&paper, errors)).and_then(|document| write(&paper, &document));
    comemo::evict(REMEMBERED_MAX);
    result
}

fn within_limits(data: &[u8], pictures: &[Picture]) -> Result<(), Vec<Problem>> {
    let bytes: usize = pictures.iter().map(|picture| picture.bytes.len()).sum();
    let mut problems = Vec::new();
    if data.len() > DATA_BYTES_MAX {
        problems.push(Problem::general(format!("more than {DATA_BYTES_MAX} bytes of data")));
    }
    if pictures.len() > PICTURES_MAX || bytes > PICTURES_BYTES_MAX {
        problems.push(Problem::general(format!(
            "more than {PICTURES_MAX} pictures or {PICTURES_BYTES_MAX} bytes of them"
        )));
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

fn write(paper: &Paper, document: &PagedDocument) -> Result<Pdf, Vec<Problem>> {
    let pages = document.pages().len();
    if pages > PAGES_MAX {
        return Err(vec![Problem::general(format!("{pages} pages; {PAGES_MAX} are the limit"))]);
    }
    let options = |standards| PdfOptions {
        creator: Smart::Custom(Some("Tracte".to_owned())),
        standards,
        ..PdfOptions::default()
    };
    // For archives (PDF/A-2a) and readers of screens (PDF/UA-1) at once; a template may keep to one of them alone.
    for standards in [&[PdfStandard::A_2a, PdfStandard::Ua_1][..], &[PdfStandard::Ua_1]] {
        let standards = PdfStandards::new(standards)
            .map_err(|error| vec![Problem::general(error.message().to_string())])?;
        if let Ok(bytes) = typst_pdf::pdf(document, &options(standards)) {
            return Ok(Pdf { bytes, pages, is_accessible: true });
        }
    }
    // Somebody's name has a letter that no font has, or a changed template lacks what the standard asks for.
    let bytes = typst_pdf::pdf(document, &options(PdfStandards::default()))
        .map_err(|errors| problems(paper, errors))?;
    Ok(Pdf { bytes, pages, is_accessible: false })
}

fn problems(paper: &Paper, errors: EcoVec<SourceDiagnostic>) -> Vec<Problem> {
    errors.into_iter().take(PROBLEMS_MAX).map(|error| problem(paper, &error)).collect()
}

fn problem(paper: &Paper, error: &SourceDiagnostic) -> Problem {
    let source: Option<Source> = error.span.id().and_then(|id| paper.source(id).ok());
    let line = source.as_ref().and_then(|source| {
        let range = paper.range(error.span)?;
        source.lines().byte_to_line(range.start)
    });
    Problem {
        file: source
            .map(|source| source.id().get().vpath().get_without_slash().to_owned())
            .unwrap_or_default(),
        line: line.map_or(0, |line| line + 1),
        message: error.message.to_string(),
    }
}

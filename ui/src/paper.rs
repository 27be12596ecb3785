//! Documents to print, in the reader's words: what a template of `core/print` is given.

use model::Language;
use model::json::{Value, json};

/// A document.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Paper {
    pub language: Language,
    pub title: String,
    /// Who prints it.
    pub company: String,
    /// The line at the foot of each page.
    pub made: String,
    pub intro: Vec<String>,
    /// The heading of the table of contents, for documents that have one.
    pub contents: String,
    pub parts: Vec<Part>,
}

/// A part of one: its heading and what stands below it, in this order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Part {
    pub heading: String,
    /// 1, or 2 below that.
    pub level: u8,
    pub text: Vec<String>,
    /// Names and values.
    pub facts: Vec<(String, String)>,
    pub tables: Vec<Rows>,
    /// Names of files and what they show.
    pub pictures: Vec<(String, String)>,
}

/// A table.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rows {
    pub columns: Vec<String>,
    /// As many cells as columns.
    pub rows: Vec<Vec<String>>,
}

impl Part {
    pub fn new(level: u8, heading: impl Into<String>) -> Part {
        Part { heading: heading.into(), level, ..Part::default() }
    }
}

impl Paper {
    pub fn into_data(self) -> Value {
        let parts: Vec<Value> = self.parts.into_iter().map(part).collect();
        json!({
            "language": self.language.code(),
            "title": self.title,
            "company": self.company,
            "made": self.made,
            "intro": self.intro,
            "contents": self.contents,
            "parts": parts,
        })
    }
}

fn part(part: Part) -> Value {
    let facts = part.facts.into_iter().map(|(name, value)| json!({ "name": name, "value": value }));
    let tables = part.tables.into_iter().map(|table| json!({ "columns": table.columns, "rows": table.rows }));
    let pictures = part.pictures.into_iter().map(|(file, alt)| json!({ "file": file, "alt": alt }));
    json!({
        "heading": part.heading,
        "level": part.level,
        "text": part.text,
        "facts": facts.collect::<Vec<Value>>(),
        "tables": tables.collect::<Vec<Value>>(),
        "pictures": pictures.collect::<Vec<Value>>(),
    })
}

//! A company's configuration as the text of a file.

use super::company::SETTINGS;
use crate::configuration::Governed;
use crate::sections::{self, ForEachSection};
use crate::{App, Error};
use model::{Configured, Frame};
use std::sync::Arc;
use toml::{Table, Value};

const HEAD: &str = "# The configuration of a company in Tracte: its settings and everything it has set up.\n\
    # People, passwords, pictures, retention periods and data are not part of it.\n\
    # Compare it with a company: tracte config diff FILE    Apply it: tracte config apply FILE\n\n";

/// The company's settings first, then one section a kind, keys and fields in alphabetical order.
pub fn export_text(app: &App) -> Result<String, Error> {
    let mut export = Export { app, frame: app.frame(), text: HEAD.to_owned() };
    if let Some(settings) = export.frame.settings.clone() {
        for section in &SETTINGS {
            let pairs = (section.pairs)(app, &settings)?.into_iter();
            let fields = pairs.map(|(name, value)| (name.to_owned(), plain_value(&value))).collect();
            export.put(section.name, fields)?;
        }
    }
    sections::each(&mut export)?;
    Ok(export.text)
}

/// Numbers without quotes, as people write them in such files.
fn plain_value(value: &str) -> Value {
    match value.parse::<i64>() {
        Ok(number) if number.to_string() == value => Value::Integer(number),
        _ => Value::String(value.to_owned()),
    }
}

struct Export<'a> {
    app: &'a App,
    frame: Arc<Frame>,
    text: String,
}

impl Export<'_> {
    fn put(&mut self, section: &str, content: Table) -> Result<(), Error> {
        let whole = Table::from_iter([(section.to_owned(), Value::Table(content))]);
        self.text.push_str(&toml::to_string(&whole).map_err(Error::internal)?);
        self.text.push('\n');
        Ok(())
    }
}

impl ForEachSection for Export<'_> {
    fn run<P: Governed>(&mut self) -> Result<(), Error> {
        let mut content = Table::new();
        for piece in P::pieces(&self.frame).all() {
            let mut place = &mut content;
            let mut parts = piece.key.split('.');
            let last = parts.next_back().unwrap_or_default();
            for part in parts {
                let group = place.entry(part).or_insert_with(|| Value::Table(Table::new()));
                let Value::Table(group) = group else {
                    return Err(Error::internal(format!("{} is a piece and a group", piece.key)));
                };
                place = group;
            }
            place.insert(last.to_owned(), Value::Table(fields_of(self.app, piece)?));
        }
        if content.is_empty() { Ok(()) } else { self.put(P::SECTION, content) }
    }
}

/// A piece's fields, and its place among the others.
pub(super) fn fields_of<P: Governed>(app: &App, piece: &Configured<P>) -> Result<Table, Error> {
    let mut fields = Table::try_from(piece.piece.portable(app)?).map_err(Error::internal)?;
    fields.insert("order".to_owned(), Value::Integer(i64::from(piece.order)));
    Ok(fields)
}

//! Every kind of configuration by the name of its section: for what treats all of them alike, such as the
//! configuration file and the API.

use crate::configuration::{self, Governed};
use crate::{App, Ctx, Error};
use model::json::{self, Value};
use model::serde::de::{self, Visitor};
use model::serde::forward_to_deserialize_any;
use model::{Configured, Piece};
use std::fmt;

/// Something that is done to one kind of configuration.
pub(crate) trait ForSection {
    type Out;

    fn run<P: Governed>(self) -> Result<Self::Out, Error>;
}

/// Something that is done to each kind of configuration.
pub(crate) trait ForEachSection {
    fn run<P: Governed>(&mut self) -> Result<(), Error>;
}

/// One line a kind; a test compares them with those of the frame.
macro_rules! sections {
    ($($piece:ty,)*) => {
        /// The names of the sections, in the order of a file.
        pub const NAMES: &[&str] = &[$(<$piece as Piece>::SECTION,)*];

        /// For the kind of this section; «not found» where there is none.
        pub(crate) fn with<D: ForSection>(section: &str, deed: D) -> Result<D::Out, Error> {
            $(if section == <$piece as Piece>::SECTION {
                return deed.run::<$piece>();
            })*
            Err(Error::NotFound)
        }

        pub(crate) fn each<D: ForEachSection>(deed: &mut D) -> Result<(), Error> {
            $(deed.run::<$piece>()?;)*
            Ok(())
        }
    };
}

sections! {
    model::Role,
    model::Pipeline,
    model::Choice,
    model::CustomField,
    model::Tax,
    model::PriceBook,
    model::NumberSeries,
    model::Holiday,
    model::AssignmentRule,
    model::ScoringRule,
    model::WebForm,
    model::Wording,
}

/// A piece as other systems see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub key: String,
    pub order: u32,
    /// 0 for one that nobody touched yet.
    pub version: u64,
    /// The fields of its kind, as in a configuration file.
    pub value: Value,
}

impl Item {
    fn of<P: Piece>(piece: &Configured<P>) -> Result<Item, Error> {
        let value = json::to_value(&piece.piece).map_err(Error::internal)?;
        Ok(Item { key: piece.key.clone(), order: piece.order, version: piece.meta.version, value })
    }
}

/// All pieces of a section, also archived ones, in their order.
pub fn list(app: &App, ctx: &Ctx, section: &str) -> Result<Vec<Item>, Error> {
    struct List<'a>(&'a App, &'a Ctx);
    impl ForSection for List<'_> {
        type Out = Vec<Item>;

        fn run<P: Governed>(self) -> Result<Vec<Item>, Error> {
            configuration::list::<P>(self.0, self.1)?.iter().map(Item::of).collect()
        }
    }
    with(section, List(app, ctx))
}

pub fn get(app: &App, ctx: &Ctx, section: &str, key: &str) -> Result<Item, Error> {
    struct Get<'a>(&'a App, &'a Ctx, &'a str);
    impl ForSection for Get<'_> {
        type Out = Item;

        fn run<P: Governed>(self) -> Result<Item, Error> {
            Item::of(&configuration::get::<P>(self.0, self.1, self.2)?)
        }
    }
    with(section, Get(app, ctx, key))
}

/// Makes a piece, or changes the one that is there: then `version` is the one that was read.
pub fn put(
    app: &App,
    ctx: &Ctx,
    section: &str,
    key: &str,
    version: Option<u64>,
    value: &Value,
) -> Result<Item, Error> {
    struct Put<'a>(&'a App, &'a Ctx, &'a str, Option<u64>, &'a Value);
    impl ForSection for Put<'_> {
        type Out = Item;

        fn run<P: Governed>(self) -> Result<Item, Error> {
            let Put(app, ctx, key, version, value) = self;
            P::may_change(ctx)?;
            let piece = read::<P>(value)?.adopted(app)?;
            let done = match version {
                Some(version) => configuration::update(app, ctx, key, version, piece)?,
                None => configuration::create(app, ctx, key, piece)?,
            };
            Item::of(&done)
        }
    }
    with(section, Put(app, ctx, key, version, value))
}

/// Takes a piece away; one that everybody begins with comes back as it was.
pub fn delete(app: &App, ctx: &Ctx, section: &str, key: &str, version: u64) -> Result<(), Error> {
    struct Delete<'a>(&'a App, &'a Ctx, &'a str, u64);
    impl ForSection for Delete<'_> {
        type Out = ();

        fn run<P: Governed>(self) -> Result<(), Error> {
            configuration::remove::<P>(self.0, self.1, self.2, self.3)
        }
    }
    with(section, Delete(app, ctx, key, version))
}

/// A piece out of its fields; fields it does not have are refused by name, not passed over.
fn read<P: Piece>(value: &Value) -> Result<P, Error> {
    let mut errors = model::FieldErrors::default();
    let known = field_names::<P>();
    for name in value.as_object().into_iter().flat_map(|fields| fields.keys()) {
        if !known.contains(&name.as_str()) {
            errors.add(name, "field-unknown", name);
        }
    }
    match P::deserialize(value) {
        Ok(piece) if errors.is_empty() => Ok(piece),
        Ok(_) => Err(Error::Invalid(errors)),
        Err(error) => {
            errors.add("", "syntax", error.to_string());
            Err(Error::Invalid(errors))
        }
    }
}

/// The names of a struct's fields, as `serde` knows them.
pub(crate) fn field_names<P: Piece>() -> &'static [&'static str] {
    let mut names: &'static [&'static str] = &[];
    // It ends with an error on purpose: only the names are wanted.
    let _ = P::deserialize(Names(&mut names));
    names
}

struct Names<'a>(&'a mut &'static [&'static str]);

#[derive(Debug)]
struct Enough;

impl fmt::Display for Enough {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("only the names were wanted")
    }
}

impl std::error::Error for Enough {}

impl de::Error for Enough {
    fn custom<T: fmt::Display>(_: T) -> Enough {
        Enough
    }
}

impl<'de> de::Deserializer<'de> for Names<'_> {
    type Error = Enough;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Enough> {
        Err(Enough)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Enough> {
        *self.0 = fields;
        Err(Enough)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

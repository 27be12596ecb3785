//! What a company has set up, as a whole: read often, changed seldom, held in memory.

use crate::{Configured, Piece, Settings};
use std::collections::BTreeMap;

/// All pieces of one kind, in their order.
#[derive(Clone, PartialEq, Debug)]
pub struct Pieces<P> {
    list: Vec<Configured<P>>,
    by_key: BTreeMap<String, usize>,
}

impl<P: Piece> Default for Pieces<P> {
    /// What everybody begins with.
    fn default() -> Pieces<P> {
        Pieces::new(Vec::new())
    }
}

impl<P: Piece> Pieces<P> {
    /// What is stored, and what everybody begins with where nothing is stored under its key. In the order people gave
    /// them; the older first where the order is the same.
    pub fn new(mut list: Vec<Configured<P>>) -> Pieces<P> {
        for (order, (key, piece)) in (0..).zip(P::ready()) {
            if !list.iter().any(|stored| stored.key == key) {
                list.push(Configured::untouched(key, order, piece));
            }
        }
        list.sort_by_key(|piece| (piece.order, piece.meta.id));
        let by_key = list.iter().enumerate().map(|(place, piece)| (piece.key.clone(), place)).collect();
        Pieces { list, by_key }
    }

    /// Also what is archived.
    pub fn all(&self) -> &[Configured<P>] {
        &self.list
    }

    /// What is offered.
    pub fn current(&self) -> impl Iterator<Item = &Configured<P>> {
        self.list.iter().filter(|piece| !piece.piece.is_archived())
    }

    pub fn get(&self, key: &str) -> Option<&Configured<P>> {
        self.by_key.get(key).and_then(|place| self.list.get(*place))
    }
}

/// One line a kind of configuration: the field that holds it and the type of its pieces.
macro_rules! frame {
    ($($(#[$doc:meta])* $field:ident: $piece:ty,)*) => {
        /// The configuration of a company. [`Frame::default`] is a company that has set up nothing.
        #[derive(Clone, PartialEq, Debug, Default)]
        pub struct Frame {
            /// The company itself; absent before the set-up.
            pub settings: Option<Settings>,
            $($(#[$doc])* pub $field: Pieces<$piece>,)*
        }

        $(impl InFrame for $piece {
            fn pieces(frame: &Frame) -> &Pieces<Self> {
                &frame.$field
            }
        })*

        impl Frame {
            /// The names of the tables of a configuration file, one a kind.
            pub const SECTIONS: &[&str] = &[$(<$piece as Piece>::SECTION,)*];

            /// Fills a frame with what `read` finds of each kind.
            pub fn read<E>(settings: Option<Settings>, read: &impl ReadPieces<Error = E>) -> Result<Frame, E> {
                Ok(Frame { settings, $($field: Pieces::new(read.pieces::<$piece>()?),)* })
            }
        }
    };
}

/// A kind of configuration that a [`Frame`] holds.
pub trait InFrame: Piece {
    fn pieces(frame: &Frame) -> &Pieces<Self>;
}

/// Where pieces come from: the store, or a configuration file.
pub trait ReadPieces {
    type Error;

    fn pieces<P: Piece>(&self) -> Result<Vec<Configured<P>>, Self::Error>;
}

frame! {
    /// Sales pipelines with their stages.
    pipelines: crate::Pipeline,
    /// Values that people choose from; the list a value is of stands before the dot of its key.
    choices: crate::Choice,
    /// Fields of the company's own.
    custom_fields: crate::CustomField,
    /// Texts of the pages that the company says otherwise.
    wordings: crate::Wording,
    /// Taxes with the days from which they count.
    taxes: crate::Tax,
    /// Lists of prices, each for some companies.
    price_books: crate::PriceBook,
    /// How documents are numbered.
    number_series: crate::NumberSeries,
    /// Days on which nobody works.
    holidays: crate::Holiday,
    /// Which leads go to whom.
    assignment_rules: crate::AssignmentRule,
    /// What points leads get.
    scoring_rules: crate::ScoringRule,
    /// What strangers fill in.
    web_forms: crate::WebForm,
    /// What people may do.
    roles: crate::Role,
}

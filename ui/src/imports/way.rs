//! «en una importació»: said of what came about or changed with a file.

use crate::Locale;
use crate::components::Value;
use crate::messages::t;
use model::uuid::Uuid;
use model::{Change, Via};

/// The import that a change came with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportWay {
    pub id: Uuid,
    /// Its page, where the reader may see it.
    pub href: Option<String>,
}

impl ImportWay {
    /// As nobody may see it who is not known to.
    pub fn of(change: &Change) -> Option<ImportWay> {
        match change.by.via {
            Via::Import(import) => Some(ImportWay { id: import.0, href: None }),
            _ => None,
        }
    }

    /// Of somebody who may see its page.
    pub fn lead_there(&mut self) {
        self.href = Some(format!("/imports/{}", self.id));
    }

    pub(crate) fn shown(&self, l: Locale<'_>) -> Value {
        let text = t!(l, "imports-way");
        match &self.href {
            Some(href) => Value::Link { href: href.clone(), text },
            None => Value::text(text),
        }
    }
}

//! What is particular to documents when one is made or changed: to whose records it may belong, and what a link is.

use super::{Hashes, delete_versions, versions_of};
use crate::records::rules::{Around, Rules};
use crate::{App, Error, permissions, records};
use model::uuid::Uuid;
use model::{Action, DOCUMENT_ABOUT, Document, FieldErrors, Kind};
use store::Write;

impl Rules for Document {
    fn settle(
        &mut self,
        around: &Around<'_>,
        before: Option<&Document>,
        errors: &mut FieldErrors,
    ) -> Result<(), Error> {
        if self.is_file() {
            if self.url.is_some() {
                errors.add("url", "document-file", "");
            }
        } else {
            self.show_link();
            if self.url.is_none() && errors.of("url").is_none() {
                errors.add("url", "required", "");
            }
        }
        let is_said = |kind: &Kind| errors.of(kind.as_str()).is_some();
        if self.links().next().is_none() && !DOCUMENT_ABOUT.iter().any(is_said) {
            errors.add("company", "document-about", "");
        }
        for (kind, id) in self.links() {
            let is_new = before.is_none_or(|before| before.links().all(|link| link != (kind, id)));
            if is_new && !may_belong_to(around, kind, id)? {
                errors.add(kind.as_str(), "document-denied", "");
            }
        }
        Ok(())
    }

    fn before_deletion(app: &App, write: &mut Write, document: &Document) -> Result<(), Error> {
        delete_versions(app, write, document.meta.id).map(|_| ())
    }

    fn hashes(app: &App, document: &Document) -> Result<Hashes, Error> {
        Ok(versions_of(app, document.meta.id)?.into_iter().map(|version| version.sha256).collect())
    }
}

/// Whether the caller may bring documents to this record.
fn may_belong_to(around: &Around<'_>, kind: Kind, id: Uuid) -> Result<bool, Error> {
    let Some(record) = records::any(around.app, kind, id)? else { return Ok(false) };
    Ok(permissions::require_about(around.ctx, record.as_ref(), Kind::Document, Action::Create).is_ok())
}

//! What is said after a form went well: a code in the address after the redirect, a sentence on the page.

use crate::Locale;
use crate::messages::t;
use crate::shell::{Notice, NoticeKind};

/// The notice of a code such as `saved`; an unknown code says nothing.
pub fn from_code<'l>(l: impl Into<Locale<'l>>, code: &str) -> Option<Notice> {
    let l: Locale<'_> = l.into();
    let text = match code {
        "saved" => t!(l, "common-notice-saved"),
        "created" => t!(l, "common-notice-created"),
        "signed-out" => t!(l, "common-notice-signed-out"),
        "session-ended" => t!(l, "account-session-ended"),
        "password-changed" => t!(l, "common-notice-password-changed"),
        "plugin-enabled" => t!(l, "common-notice-plugin-enabled"),
        "plugin-disabled" => t!(l, "common-notice-plugin-disabled"),
        "plugin-installed" => t!(l, "common-notice-plugin-installed"),
        "plugin-removed" => t!(l, "plugins-notice-removed"),
        "api-key-revoked" => t!(l, "common-notice-api-key-revoked"),
        "lead-created" => t!(l, "common-notice-lead-created"),
        "lead-archived" => t!(l, "leads-notice-archived"),
        "lead-restored" => t!(l, "leads-notice-restored"),
        "lead-deleted" => t!(l, "leads-notice-deleted"),
        "lead-assigned" => t!(l, "leads-notice-assigned"),
        "bulk-started" => t!(l, "bulk-notice-started"),
        "import-started" => t!(l, "imports-notice-started"),
        "parametrisation-deleted" => t!(l, "parametrisation-notice-deleted"),
        "pack-ordered" => t!(l, "evidence-notice-ordered"),
        "removed" => t!(l, "evidence-notice-removed"),
        "erased" => t!(l, "privacy-notice-erased"),
        "note-added" => t!(l, "common-notice-note-added"),
        "status-changed" => t!(l, "common-notice-status-changed"),
        "lead-converted" => t!(l, "conversion-notice"),
        "conversion-undone" => t!(l, "conversion-notice-undone"),
        "consent-kept" => t!(l, "consents-notice"),
        "retention-started" => t!(l, "retention-notice-started"),
        "retention-cancelled" => t!(l, "retention-notice-cancelled"),
        "choice-replaced" => t!(l, "choices-notice-replaced"),
        "choice-going-on" => t!(l, "choices-notice-going-on"),
        "choice-removed" => t!(l, "choices-notice-removed"),
        "choice-archived" => t!(l, "choices-notice-archived"),
        "choice-restored" => t!(l, "choices-notice-restored"),
        "field-created" => t!(l, "fields-notice-created"),
        "field-archived" => t!(l, "fields-notice-archived"),
        "field-restored" => t!(l, "fields-notice-restored"),
        "field-removed" => t!(l, "fields-notice-removed"),
        "word-reset" => t!(l, "words-notice-reset"),
        "record-deleted" => t!(l, "records-notice-deleted"),
        "record-archived" => t!(l, "records-notice-archived"),
        "record-restored" => t!(l, "records-notice-restored"),
        "stage-changed" => t!(l, "records-notice-stage"),
        "view-saved" => t!(l, "views-notice-saved"),
        "view-deleted" => t!(l, "views-notice-deleted"),
        "letter-again" => t!(l, "mail-notice-again"),
        "letter-given-up" => t!(l, "mail-notice-given-up"),
        "mail-off" => t!(l, "mail-notice-off"),
        "identity-off" => t!(l, "identity-notice-off"),
        "identity-removed" => t!(l, "identity-notice-removed"),
        "code-over" => t!(l, "second-notice-over"),
        "second-factor-off" => t!(l, "second-notice-off"),
        "second-factor-removed" => t!(l, "second-notice-removed"),
        "welcome" => t!(l, "common-notice-welcome"),
        _ => return None,
    };
    Some(Notice { kind: NoticeKind::Ok, text })
}

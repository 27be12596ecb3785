//! What is said after a form went well: a code in the address after the redirect, a sentence on the page.

use crate::messages::t;
use crate::shell::{Notice, NoticeKind};
use model::Language;

/// The notice of a code such as `saved`; an unknown code says nothing.
pub fn from_code(l: Language, code: &str) -> Option<Notice> {
    let text = match code {
        "saved" => t!(l, "common-notice-saved"),
        "created" => t!(l, "common-notice-created"),
        "signed-out" => t!(l, "common-notice-signed-out"),
        "password-changed" => t!(l, "common-notice-password-changed"),
        "plugin-enabled" => t!(l, "common-notice-plugin-enabled"),
        "plugin-disabled" => t!(l, "common-notice-plugin-disabled"),
        "plugin-installed" => t!(l, "common-notice-plugin-installed"),
        "plugin-removed" => t!(l, "plugins-notice-removed"),
        "api-key-revoked" => t!(l, "common-notice-api-key-revoked"),
        "lead-created" => t!(l, "common-notice-lead-created"),
        "lead-deleted" => t!(l, "leads-notice-deleted"),
        "lead-assigned" => t!(l, "leads-notice-assigned"),
        "import-started" => t!(l, "imports-notice-started"),
        "note-added" => t!(l, "common-notice-note-added"),
        "status-changed" => t!(l, "common-notice-status-changed"),
        "welcome" => t!(l, "common-notice-welcome"),
        _ => return None,
    };
    Some(Notice { kind: NoticeKind::Ok, text })
}

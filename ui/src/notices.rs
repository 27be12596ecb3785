//! What is said after a form went well: a code in the address after the redirect, a sentence on the page.

use crate::messages::t;
use crate::shell::{Notice, NoticeKind};
use crate::{Locale, format};
use model::jiff::civil::Date;
use model::uuid::Uuid;

/// Codes that end with the id of whom they name.
const SOMEBODY: [&str; 2] = ["lead-created-for-", "lead-given-"];

/// The code and the id in what stands in the address, where it names somebody.
pub fn somebody_in(code: &str) -> Option<(&'static str, Uuid)> {
    SOMEBODY.into_iter().find_map(|known| Some((known, code.strip_prefix(known)?.parse().ok()?)))
}

/// The notice of a code that names somebody, with what they are called.
pub fn of_somebody<'l>(l: impl Into<Locale<'l>>, code: &str, name: &str) -> Option<Notice> {
    let l: Locale<'_> = l.into();
    let text = match code {
        "lead-created-for-" => t!(l, "common-notice-lead-created-for", name = name),
        "lead-given-" => t!(l, "common-notice-lead-given", name = name),
        _ => return None,
    };
    Some(Notice { kind: NoticeKind::Ok, text })
}

/// What the code of how many prices of a quote followed its book begins with.
const PRICES: &str = "quote-prices-";

/// The code that says how many lines are at the prices of the chosen book and how many stayed at others; none where there
/// are neither.
pub fn of_prices(changed: usize, stayed: usize) -> Option<String> {
    (changed + stayed > 0).then(|| format!("{PRICES}{changed}-{stayed}"))
}

/// Both numbers of such a code.
fn prices_in(code: &str) -> Option<(u16, u16)> {
    let (changed, stayed) = code.strip_prefix(PRICES)?.split_once('-')?;
    Some((changed.parse().ok()?, stayed.parse().ok()?))
}

/// The notice of a code such as `saved`; an unknown code says nothing.
pub fn from_code<'l>(l: impl Into<Locale<'l>>, code: &str) -> Option<Notice> {
    let l: Locale<'_> = l.into();
    let until = code.strip_prefix("reminder-snoozed-").and_then(|day| day.parse::<Date>().ok());
    if let Some(day) = until {
        let text = t!(l, "reminders-notice-snoozed", day = format::date_short(day));
        return Some(Notice { kind: NoticeKind::Ok, text });
    }
    if let Some((changed, stayed)) = prices_in(code) {
        let text = match stayed {
            0 => t!(l, "quotes-notice-prices", changed = changed),
            _ => t!(l, "quotes-notice-prices-stayed", changed = changed, stayed = stayed),
        };
        return Some(Notice { kind: NoticeKind::Ok, text });
    }
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
        "lead-created-nobodys" => t!(l, "common-notice-lead-nobodys"),
        "lead-archived" => t!(l, "leads-notice-archived"),
        "lead-restored" => t!(l, "leads-notice-restored"),
        "lead-deleted" => t!(l, "leads-notice-deleted"),
        "lead-assigned" => t!(l, "leads-notice-assigned"),
        "bulk-started" => t!(l, "bulk-notice-started"),
        "import-undoing" => t!(l, "imports-notice-undoing"),
        "template-saved" => t!(l, "imports-notice-template-saved"),
        "template-deleted" => t!(l, "imports-notice-template-deleted"),
        "import-columns-anew" => t!(l, "imports-notice-columns-anew"),
        "import-deleted" => t!(l, "imports-notice-deleted"),
        "import-started" => t!(l, "imports-notice-started"),
        "rule-deleted" => t!(l, "assignment-notice-deleted"),
        "parametrisation-deleted" => t!(l, "parametrisation-notice-deleted"),
        "pack-ordered" => t!(l, "evidence-notice-ordered"),
        "removed" => t!(l, "evidence-notice-removed"),
        "erased" => t!(l, "privacy-notice-erased"),
        "unconfirmed-forgotten" => t!(l, "privacy-notice-unconfirmed"),
        "note-added" => t!(l, "common-notice-note-added"),
        "documents-added" => t!(l, "documents-notice-added"),
        "document-renewed" => t!(l, "documents-notice-renewed"),
        "activity-logged" => t!(l, "activities-notice-logged"),
        "activity-planned" => t!(l, "activities-notice-planned"),
        "activity-done" => t!(l, "activities-notice-done"),
        "activity-cancelled" => t!(l, "activities-notice-cancelled"),
        "activity-reopened" => t!(l, "activities-notice-reopened"),
        "status-changed" => t!(l, "common-notice-status-changed"),
        "lead-converted" => t!(l, "conversion-notice"),
        "merged" => t!(l, "merges-notice-merged"),
        "merge-undone" => t!(l, "merges-notice-undone"),
        "merged-into" => t!(l, "merges-notice-into"),
        "merged-not-saved" => t!(l, "merges-notice-not-saved"),
        "merge-choose" => t!(l, "merges-notice-choose"),
        "set-apart" => t!(l, "merges-notice-apart"),
        "compare-again" => t!(l, "merges-notice-again"),
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
        "price-removed" => t!(l, "notices-price-removed"),
        "record-deleted" => t!(l, "records-notice-deleted"),
        "record-archived" => t!(l, "records-notice-archived"),
        "record-restored" => t!(l, "records-notice-restored"),
        "quote-made" => t!(l, "quotes-notice-made"),
        "quote-shared" => t!(l, "quotes-notice-shared"),
        "quote-sent" => t!(l, "quotes-notice-sent"),
        "quote-pending" => t!(l, "quotes-notice-pending"),
        "quote-approved" => t!(l, "quotes-notice-approved"),
        "quote-draft" => t!(l, "quotes-notice-draft"),
        "quote-void" => t!(l, "quotes-notice-void"),
        "quote-link" => t!(l, "quotes-notice-link"),
        "quote-answered" => t!(l, "quotes-notice-answered"),
        "quote-version" => t!(l, "quotes-notice-version"),
        "quote-lines" => t!(l, "quotes-notice-lines"),
        "reminder-dismissed" => t!(l, "reminders-notice-dismissed"),
        "reminder-not-changed" => t!(l, "reminders-notice-not-changed"),
        "board-not-undone" => t!(l, "problem-board-undo"),
        "board-not-undone-stage" => t!(l, "problem-board-undo-stage"),
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
        "webhook-on" => t!(l, "webhooks-notice-switched-on"),
        "webhook-off" => t!(l, "webhooks-notice-switched-off"),
        "webhook-deleted" => t!(l, "webhooks-notice-deleted"),
        "webhook-arrived" => t!(l, "webhooks-notice-arrived"),
        "webhook-not-arrived" => t!(l, "webhooks-notice-not-arrived"),
        "backup-cancelling" => t!(l, "backups-notice-cancelling"),
        "welcome" => t!(l, "common-notice-welcome"),
        _ => return None,
    };
    let kind = match code {
        "board-not-undone"
        | "board-not-undone-stage"
        | "reminder-not-changed"
        | "webhook-not-arrived"
        | "import-columns-anew" => NoticeKind::Warn,
        _ => NoticeKind::Ok,
    };
    Some(Notice { kind, text })
}

//! The names that the trade's words have on screen, each with its icon and tone.

use crate::components::tag;
use crate::messages::t;
use maud::Markup;
use model::{Language, LeadStatus, Role, Source};

pub fn role(l: Language, role: Role) -> String {
    match role {
        Role::Administrator => t!(l, "common-role-administrator"),
        Role::Manager => t!(l, "common-role-manager"),
        Role::Rep => t!(l, "common-role-rep"),
    }
}

pub fn role_hint(l: Language, role: Role) -> String {
    match role {
        Role::Administrator => t!(l, "common-role-administrator-hint"),
        Role::Manager => t!(l, "common-role-manager-hint"),
        Role::Rep => t!(l, "common-role-rep-hint"),
    }
}

pub fn lead_status(l: Language, status: LeadStatus) -> String {
    match status {
        LeadStatus::New => t!(l, "common-lead-new"),
        LeadStatus::Assigned => t!(l, "common-lead-assigned"),
        LeadStatus::Contacted => t!(l, "common-lead-contacted"),
        LeadStatus::Nurturing => t!(l, "common-lead-nurturing"),
        LeadStatus::Qualified => t!(l, "common-lead-qualified"),
        LeadStatus::Converted => t!(l, "common-lead-converted"),
        LeadStatus::Discarded => t!(l, "common-lead-discarded"),
    }
}

/// A lead's status: words, icon and colour, so that none of them stands alone.
pub fn lead_status_tag(l: Language, status: LeadStatus) -> Markup {
    let (tone, icon) = match status {
        LeadStatus::New => ("info", "circle-dashed"),
        LeadStatus::Assigned => ("accent", "user-check"),
        LeadStatus::Contacted => ("accent", "phone"),
        LeadStatus::Nurturing => ("violet", "clock"),
        LeadStatus::Qualified => ("warn", "target"),
        LeadStatus::Converted => ("ok", "circle-check"),
        LeadStatus::Discarded => ("", "x"),
    };
    tag(tone, icon, &lead_status(l, status))
}

pub fn source(l: Language, source: Source) -> String {
    match source {
        Source::Web => t!(l, "common-source-web"),
        Source::Phone => t!(l, "common-source-phone"),
        Source::Email => t!(l, "common-source-email"),
        Source::Referral => t!(l, "common-source-referral"),
        Source::Fair => t!(l, "common-source-fair"),
        Source::SocialMedia => t!(l, "common-source-social-media"),
        Source::Advertising => t!(l, "common-source-advertising"),
        Source::Partner => t!(l, "common-source-partner"),
        Source::Other => t!(l, "common-source-other"),
    }
}

/// «12 resultats».
pub fn results(l: Language, count: u64) -> String {
    t!(l, "common-results", count = count)
}

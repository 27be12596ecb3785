//! The settings at one glance: a card for each page, in groups. A new page of settings is one line in [`CARDS`].

use crate::Locale;
use crate::components::{icon, page_head};
use crate::messages::t;
use crate::shell::{May, Nav, Page, Shell};
use maud::{Markup, html};

/// What belongs together, in the order of the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Group {
    Company,
    People,
    Data,
    Texts,
    System,
}

impl Group {
    const ALL: [Group; 5] = [Group::Company, Group::People, Group::Data, Group::Texts, Group::System];

    fn title(self, l: Locale<'_>) -> String {
        match self {
            Group::Company => t!(l, "settings-group-company"),
            Group::People => t!(l, "settings-group-people"),
            Group::Data => t!(l, "settings-group-data"),
            Group::Texts => t!(l, "settings-group-texts"),
            Group::System => t!(l, "settings-group-system"),
        }
    }
}

/// One page of settings.
struct Card {
    group: Group,
    href: &'static str,
    icon: &'static str,
    title: fn(Locale<'_>) -> String,
    /// What can be done there, in one sentence.
    text: fn(Locale<'_>) -> String,
    /// Who gets to see the card; the page itself asks again.
    may: fn(May) -> bool,
}

/// Every page of settings, in the order of its group.
const CARDS: &[Card] = &[
    Card {
        group: Group::System,
        href: "/settings/file",
        icon: "file",
        title: |l| t!(l, "file-title"),
        text: |l| t!(l, "settings-file-text"),
        may: |may| may.manage_settings,
    },
    Card {
        group: Group::System,
        href: crate::backups::PATH,
        icon: "archive",
        title: |l| t!(l, "backups-title"),
        text: |l| t!(l, "backups-settings-text"),
        may: |may| may.manage_roles,
    },
    Card {
        group: Group::Company,
        href: "/settings/company",
        icon: "building-2",
        title: |l| t!(l, "company-title"),
        text: |l| t!(l, "settings-company-text"),
        may: |may| may.manage_settings,
    },
    Card {
        group: Group::Company,
        href: crate::mail::PATH,
        icon: "mail",
        title: |l| t!(l, "mail-title"),
        text: |l| t!(l, "mail-settings-text"),
        may: |may| may.manage_roles,
    },
    Card {
        group: Group::Company,
        href: "/settings/holidays",
        icon: "calendar-days",
        title: |l| t!(l, "holidays-title"),
        text: |l| t!(l, "settings-holidays-text"),
        may: |may| may.manage_settings,
    },
    Card {
        group: Group::Company,
        href: "/settings/taxes",
        icon: "briefcase",
        title: |l| t!(l, "taxes-title"),
        text: |l| t!(l, "settings-taxes-text"),
        may: |may| may.manage_settings,
    },
    Card {
        group: Group::Company,
        href: crate::price_books::PATH,
        icon: "tag",
        title: |l| t!(l, "books-title"),
        text: |l| t!(l, "books-settings-text"),
        may: |may| may.manage_settings,
    },
    Card {
        group: Group::Company,
        href: "/settings/number-series",
        icon: "file-text",
        title: |l| t!(l, "series-title"),
        text: |l| t!(l, "settings-series-text"),
        may: |may| may.manage_settings,
    },
    Card {
        group: Group::Company,
        href: crate::quotes::SETTINGS_PATH,
        icon: "file-text",
        title: |l| t!(l, "quotes-settings"),
        text: |l| t!(l, "quotes-settings-text"),
        may: |may| may.manage_settings,
    },
    Card {
        group: Group::Data,
        href: "/settings/pipelines",
        icon: "target",
        title: |l| t!(l, "pipelines-title"),
        text: |l| t!(l, "settings-pipelines-text"),
        may: |may| may.manage_settings,
    },
    Card {
        group: Group::Data,
        href: crate::assignment::PATH,
        icon: "user-check",
        title: |l| t!(l, "assignment-title"),
        text: |l| t!(l, "assignment-settings-text"),
        may: |may| may.manage_settings,
    },
    Card {
        group: Group::Data,
        href: crate::scoring::PATH,
        icon: "target",
        title: |l| t!(l, "scoring-title"),
        text: |l| t!(l, "scoring-settings-text"),
        may: |may| may.manage_settings,
    },
    Card {
        group: Group::Data,
        href: crate::web_forms::PATH,
        icon: "notebook-pen",
        title: |l| t!(l, "forms-title"),
        text: |l| t!(l, "forms-settings-text"),
        may: |may| may.manage_settings,
    },
    Card {
        group: Group::People,
        href: crate::roles::PATH,
        icon: "shield-check",
        title: |l| t!(l, "roles-title"),
        text: |l| t!(l, "roles-settings-text"),
        may: |may| may.manage_roles || may.manage_settings,
    },
    Card {
        group: Group::People,
        href: "/settings/sign-in",
        icon: "lock",
        title: |l| t!(l, "second-rule-title"),
        text: |l| t!(l, "second-rule-settings-text"),
        may: |may| may.manage_roles,
    },
    Card {
        group: Group::People,
        href: crate::identity::PATH,
        icon: "log-in",
        title: |l| t!(l, "identity-title"),
        text: |l| t!(l, "identity-settings-text"),
        may: |may| may.manage_roles,
    },
    Card {
        group: Group::People,
        href: "/users",
        icon: "users",
        title: |l| t!(l, "common-nav-users"),
        text: |l| t!(l, "settings-users-text"),
        may: |may| may.manage_users,
    },
    Card {
        group: Group::System,
        href: "/settings/parametrisation",
        icon: "notebook-pen",
        title: |l| t!(l, "parametrisation-title"),
        text: |l| t!(l, "parametrisation-settings-text"),
        may: |may| may.manage_settings,
    },
    Card {
        group: Group::Data,
        href: "/privacy",
        icon: "shield-check",
        title: |l| t!(l, "privacy-title"),
        text: |l| t!(l, "privacy-settings-text"),
        may: |may| may.manage_settings,
    },
    Card {
        group: Group::Data,
        href: crate::retention::PATH,
        icon: "clock",
        title: |l| t!(l, "retention-title"),
        text: |l| t!(l, "retention-settings-text"),
        may: |may| may.manage_roles,
    },
    Card {
        group: Group::System,
        href: "/audit",
        icon: "history",
        title: |l| t!(l, "audit-title"),
        text: |l| t!(l, "audit-settings-text"),
        may: |may| may.manage_settings,
    },
    Card {
        group: Group::Data,
        href: "/settings/fields",
        icon: "sliders-horizontal",
        title: |l| t!(l, "fields-title"),
        text: |l| t!(l, "fields-settings-text"),
        may: |may| may.manage_plugins,
    },
    Card {
        group: Group::Texts,
        href: "/settings/words",
        icon: "languages",
        title: |l| t!(l, "words-title"),
        text: |l| t!(l, "words-settings-text"),
        may: |may| may.manage_settings,
    },
    Card {
        group: Group::Data,
        href: "/settings/lists",
        icon: "list",
        title: |l| t!(l, "choices-title"),
        text: |l| t!(l, "choices-settings-text"),
        may: |may| may.manage_settings,
    },
    Card {
        group: Group::System,
        href: "/plugins",
        icon: "puzzle",
        title: |l| t!(l, "common-nav-plugins"),
        text: |l| t!(l, "settings-plugins-text"),
        may: |may| may.manage_plugins,
    },
    Card {
        group: Group::System,
        href: "/api-keys",
        icon: "key-round",
        title: |l| t!(l, "common-nav-api-keys"),
        text: |l| t!(l, "settings-api-keys-text"),
        may: |may| may.manage_api_keys,
    },
    Card {
        group: Group::System,
        href: crate::webhooks::PATH,
        icon: "link",
        title: |l| t!(l, "webhooks-title"),
        text: |l| t!(l, "webhooks-settings-text"),
        may: |may| may.manage_roles,
    },
    Card {
        group: Group::System,
        href: "/api",
        icon: "code-xml",
        title: |l| t!(l, "common-nav-api-docs"),
        text: |l| t!(l, "settings-api-docs-text"),
        may: |_| true,
    },
];

/// The pages of settings that somebody may open who may do this.
pub fn titles(l: Locale<'_>, may: May) -> Vec<String> {
    CARDS.iter().filter(|card| (card.may)(may)).map(|card| (card.title)(l)).collect()
}

/// `GET /settings`: what the reader may open.
pub fn hub(shell: &Shell) -> Markup {
    let l = shell.locale();
    let title = t!(l, "common-nav-settings");
    let may = shell.user.as_ref().map(|user| user.may).unwrap_or_default();
    shell.page(
        &Page::new(&title, Nav::Settings),
        html! {
            (page_head(&title, Some(&t!(l, "settings-intro")), html! {}))
            @for group in Group::ALL {
                @let cards: Vec<&Card> = CARDS.iter().filter(|card| card.group == group && (card.may)(may)).collect();
                @if !cards.is_empty() { (section(l, group, &cards)) }
            }
        },
    )
}

fn section(l: Locale<'_>, group: Group, cards: &[&Card]) -> Markup {
    html! {
        section.stack-s {
            h2 { (group.title(l)) }
            ul.hub {
                @for card in cards {
                    li {
                        (icon(card.icon))
                        div { a href=(card.href) { ((card.title)(l)) } p { ((card.text)(l)) } }
                    }
                }
            }
        }
    }
}

/// The way back to the settings, above the heading of each of their pages.
pub fn back_link<'l>(l: impl Into<Locale<'l>>) -> Markup {
    let l: Locale<'_> = l.into();
    html! { p { a.btn.quiet href="/settings" { (icon("arrow-left")) (t!(l, "common-nav-settings")) } } }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Language;

    #[test]
    fn no_page_has_two_cards_and_icons_are_in_the_sprite() {
        let sprite = crate::assets::all().iter().find(|asset| asset.name == "icons.svg").unwrap();
        let sprite = std::str::from_utf8(sprite.bytes).unwrap();
        for (place, card) in CARDS.iter().enumerate() {
            assert!(CARDS[..place].iter().all(|other| other.href != card.href), "{} twice", card.href);
            assert!(sprite.contains(&format!("id=\"{}\"", card.icon)), "{}", card.icon);
            for language in Language::ALL {
                assert!(
                    !(card.title)(language.into()).is_empty() && !(card.text)(language.into()).is_empty()
                );
            }
        }
    }

    #[test]
    fn cards_are_those_that_the_reader_may_open() {
        let open =
            |may: May| CARDS.iter().filter(|card| (card.may)(may)).map(|card| card.href).collect::<Vec<_>>();
        assert_eq!(open(May::default()), ["/api"]);
        assert_eq!(open(May::ALL).len(), CARDS.len());
    }
}

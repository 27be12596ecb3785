//! The frame of every page: top bar, navigation, notice, and what the browser needs to know.

use crate::assets::asset_url;
use crate::components::{icon, notice, notice_or_undo};
use crate::format;
use crate::messages::t;
use crate::{Locale, Words, activities, board, records, reminders};
use maud::{DOCTYPE, Markup, html};
use model::jiff::tz::TimeZone;
use model::jiff::{Timestamp, civil::Date};
use model::{FieldErrors, Kind, Language};
use std::sync::Arc;

/// Light, dark, or as the device says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// The value in the cookie and in the form.
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    pub fn from_code(code: &str) -> Option<Theme> {
        Theme::ALL.into_iter().find(|theme| theme.as_str() == code)
    }
}

/// What the reader may open: decided by `services`, only shown here.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct May {
    pub see_leads: bool,
    /// Has an inbox of leads.
    pub decide_leads: bool,
    pub see_companies: bool,
    pub see_contacts: bool,
    pub see_opportunities: bool,
    pub see_products: bool,
    pub see_quotes: bool,
    pub see_activities: bool,
    pub see_documents: bool,
    pub manage_roles: bool,
    pub create_leads: bool,
    pub import: bool,
    pub see_reports: bool,
    pub manage_users: bool,
    pub manage_plugins: bool,
    pub manage_api_keys: bool,
    pub manage_settings: bool,
}

impl May {
    /// An administrator's permissions.
    pub const ALL: May = May {
        see_leads: true,
        decide_leads: true,
        see_companies: true,
        see_contacts: true,
        see_opportunities: true,
        see_products: true,
        see_quotes: true,
        see_activities: true,
        see_documents: true,
        manage_roles: true,
        create_leads: true,
        import: true,
        see_reports: true,
        manage_users: true,
        manage_plugins: true,
        manage_api_keys: true,
        manage_settings: true,
    };
}

/// Who reads the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShellUser {
    pub name: String,
    /// The role's label in the reader's language.
    pub role: String,
    pub may: May,
    /// How many of their own activities are overdue; beyond [`OVERDUE_MAX`] nobody counts.
    pub overdue: usize,
    /// How many reminders of theirs have come; beyond [`OVERDUE_MAX`] nobody counts.
    pub reminders: usize,
    /// How many leads wait in their inbox, as it is shown: «12», «99+»; absent where there are none.
    pub inbox: Option<String>,
}

/// The entry of the navigation that a page belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Nav {
    Home,
    Inbox,
    Leads,
    Companies,
    Contacts,
    Board,
    Opportunities,
    Quotes,
    Products,
    Activities,
    Documents,
    Imports,
    Reports,
    Settings,
    Users,
    Plugins,
    ApiKeys,
    ApiDocs,
    /// Search, account, errors.
    Nowhere,
}

impl Nav {
    /// The entry of an entity's pages.
    pub fn of(kind: Kind) -> Nav {
        match kind {
            Kind::Lead => Nav::Leads,
            Kind::Company => Nav::Companies,
            Kind::Contact => Nav::Contacts,
            Kind::Opportunity => Nav::Opportunities,
            Kind::Quote => Nav::Quotes,
            Kind::Product => Nav::Products,
            Kind::Activity => Nav::Activities,
            Kind::Document => Nav::Documents,
            _ => Nav::Nowhere,
        }
    }

    /// The entry that is marked: pages of settings are below one.
    fn entry(self) -> Nav {
        match self {
            Nav::Users | Nav::Plugins | Nav::ApiKeys | Nav::ApiDocs => Nav::Settings,
            other => other,
        }
    }
}

/// The tone of a notice; each has its own icon.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoticeKind {
    Ok,
    Info,
    Warn,
    Danger,
}

/// What happened with the last form, said once above the page.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    pub kind: NoticeKind,
    pub text: String,
}

/// What is the same for every page of one request.
#[derive(Clone, Debug)]
pub struct Shell {
    pub language: Language,
    /// What the company has set up, and says in its own words.
    pub words: Arc<Words>,
    pub theme: Theme,
    /// The name of the company that uses Tracte; empty before it is set up.
    pub company: String,
    pub user: Option<ShellUser>,
    /// Path of this request, for the language links of pages outside the session.
    pub path: String,
    /// What stands in the search box.
    pub query: String,
    pub notice: Option<Notice>,
    /// Where what the notice says is taken back.
    pub notice_undo: Option<String>,
    /// Search and reports lag: they show the state as of this change.
    pub as_of: Option<u64>,
    pub now: Timestamp,
    pub zone: TimeZone,
}

/// What one page says of itself.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Page {
    pub title: String,
    pub current: Nav,
    has_errors: bool,
    /// Wider than what stands outside the application is else.
    is_wide: bool,
    /// What this page alone loads, by its names in `ui/assets`.
    assets: &'static [&'static str],
}

impl Page {
    pub fn new(title: impl Into<String>, current: Nav) -> Page {
        Page { title: title.into(), current, has_errors: false, is_wide: false, assets: &[] }
    }

    /// A form came back: the title says so.
    pub fn errors(mut self, errors: &FieldErrors) -> Page {
        self.has_errors = !errors.is_empty();
        self
    }

    /// For pages of visitors that hold more than a form.
    pub(crate) fn wide(mut self) -> Page {
        self.is_wide = true;
        self
    }

    /// Style sheets and scripts besides those of every page.
    pub(crate) fn assets(mut self, names: &'static [&'static str]) -> Page {
        self.assets = names;
        self
    }

    /// The same where the problems' words are already there.
    pub fn problems(mut self, count: usize) -> Page {
        self.has_errors = count > 0;
        self
    }
}

impl Shell {
    /// The language of the page with the company's words: what pages say things in.
    pub fn locale(&self) -> Locale<'_> {
        self.words.locale(self.language)
    }

    /// The hue of the company, where it is not the product's own.
    fn own_hue(&self) -> Option<u16> {
        let hue = self.words.frame().settings.as_ref()?.brand_hue;
        (hue != model::BRAND_HUE_DEFAULT).then_some(hue)
    }

    fn logo(&self) -> Option<String> {
        self.words.frame().settings.as_ref()?.logo.as_ref().map(logo_href)
    }

    /// Today at the company.
    pub fn today(&self) -> Date {
        self.now.to_zoned_datetime(self.zone.clone()).date()
    }

    /// A page of the application, for somebody who is signed in.
    pub fn page(&self, page: &Page, main: Markup) -> Markup {
        let Some(user) = &self.user else {
            return self.outside(page, main);
        };
        self.document(
            page,
            html! {
                div.shell {
                    (self.top(user))
                    (self.nav(page.current, user))
                    main #main tabindex="-1" {
                        @if let Some(said) = &self.notice { (notice_or_undo(self.locale(), said, self.notice_undo.as_deref())) }
                        @if let Some(change) = self.as_of {
                            div.notice.plain role="status" { (icon("clock")) div.words { (t!(self.locale(), "common-as-of", change = change)) } }
                        }
                        (main)
                    }
                }
            },
        )
    }

    /// A page for somebody who is not signed in: set-up, sign-in, errors.
    pub fn outside(&self, page: &Page, main: Markup) -> Markup {
        let l = self.locale();
        self.document(
            page,
            html! {
                div.outside {
                    header { (brand(if self.company.is_empty() { "Tracte" } else { &self.company }, self.logo())) }
                    main #main tabindex="-1" {
                        @if let Some(said) = &self.notice { (notice(said)) }
                        (main)
                    }
                    footer {
                        nav aria-label=(t!(l, "common-language")) {
                            ul.actions {
                                @for language in Language::ALL {
                                    li {
                                        a.btn.quiet href=(format!("{}?language={}", self.path, language.code()))
                                            lang=(language.code()) hreflang=(language.code())
                                            aria-current=[(language == l.language).then_some("true")] { (language_name(language)) }
                                    }
                                }
                            }
                        }
                        span { "Tracte" }
                    }
                }
            },
        )
    }

    /// A page for visitors of the company, who do not know Tracte: no way into the application. Within a page of another
    /// site there is nothing around it.
    pub(crate) fn for_visitors(
        &self,
        page: &Page,
        is_embedded: bool,
        main: Markup,
        languages: Markup,
    ) -> Markup {
        self.document(
            page,
            html! {
                div.outside.wide[page.is_wide] {
                    header { @if !is_embedded { p.brand { (brand_mark(&self.company, self.logo())) } } }
                    main #main tabindex="-1" { (main) }
                    footer { @if !is_embedded { (languages) } }
                }
            },
        )
    }

    fn document(&self, page: &Page, body: Markup) -> Markup {
        let l = self.locale();
        let theme = match self.theme {
            Theme::System => None,
            chosen => Some(chosen.as_str()),
        };
        let company = if self.company.is_empty() { "Tracte" } else { &self.company };
        html! {
            (DOCTYPE)
            html lang=(l.code()) data-theme=[theme] {
                head {
                    meta charset="utf-8";
                    title {
                        @if page.has_errors { (t!(l, "common-error-prefix")) " " }
                        (page.title) " · " (company)
                    }
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="htmx-config" content=r#"{"includeIndicatorCSS":false}"#;
                    link rel="preload" href=(asset_url("inter.woff2")) as="font" type="font/woff2" crossorigin;
                    link rel="stylesheet" href=(asset_url("app.css"));
                    @if let Some(hue) = self.own_hue() { link rel="stylesheet" href=(format!("/brand/{hue}.css")); }
                    link rel="icon" href=(asset_url("favicon.svg")) type="image/svg+xml";
                    link rel="manifest" href=(asset_url("manifest.webmanifest"));
                    script src=(asset_url("htmx.min.js")) defer {}
                    script src=(asset_url("app.js")) defer {}
                    @for name in page.assets {
                        @if name.ends_with(".css") { link rel="stylesheet" href=(asset_url(name)); }
                        @else { script src=(asset_url(name)) defer {} }
                    }
                }
                body {
                    a.skip href="#main" { (t!(l, "common-skip")) }
                    (body)
                }
            }
        }
    }

    fn top(&self, user: &ShellUser) -> Markup {
        let l = self.locale();
        let label = t!(l, "common-search-label");
        html! {
            header.top {
                (brand(&self.company, self.logo()))
                search.search {
                    form action="/search" method="get" {
                        label.sr for="search-box" { (label) }
                        input #search-box type="search" name="q" value=(self.query) placeholder=(t!(l, "common-search-placeholder")) autocomplete="off" enterkeyhint="search" maxlength="200"
                            data-hx-get="/search" data-hx-include="#search-box" data-hx-trigger="input changed delay:250ms" data-hx-target="#search-suggestions" data-hx-swap="innerHTML";
                        (icon("search"))
                        kbd.js-only aria-hidden="true" { "Ctrl K" }
                        button.sr type="submit" tabindex="-1" { (t!(l, "common-search")) }
                    }
                    div #search-suggestions aria-live="polite" {}
                }
                @if user.may.create_leads {
                    a.btn.primary.add href="/leads/new" {
                        (icon("plus")) span { (t!(l, "common-new")) span.sr { " " (t!(l, "common-new-lead-suffix")) } }
                    }
                }
                @if user.may.see_activities { (reminders::bell(l, user)) }
                (self.user_menu(user))
            }
        }
    }

    fn user_menu(&self, user: &ShellUser) -> Markup {
        let l = self.locale();
        html! {
            details.menu {
                summary.btn.quiet {
                    span.avatar aria-hidden="true" { (format::initials(&user.name)) }
                    span.label { (user.name) }
                    span.sr { (t!(l, "common-user-menu")) }
                    (icon("chevron-down"))
                }
                div.pop {
                    p.who { strong { (user.name) } span { (user.role) } }
                    a href="/account" { (icon("user-cog")) (t!(l, "common-account")) }
                    form method="post" action="/sign-out" {
                        button type="submit" { (icon("log-out")) (t!(l, "common-sign-out")) }
                    }
                }
            }
        }
    }

    fn nav(&self, current: Nav, user: &ShellUser) -> Markup {
        let (l, may) = (self.locale(), user.may);
        let mut main = main_entries(l, may, user.overdue);
        for entry in main.iter_mut().filter(|entry| entry.nav == Nav::Inbox) {
            entry.count = user.inbox.clone();
        }
        let in_sheet = |entry: &&Entry| !entry.in_bar;
        let waiting = main.iter().filter(in_sheet).find_map(|entry| entry.count.as_deref());
        html! {
            nav.nav aria-label=(t!(l, "common-nav")) {
                ul.wide {
                    @for entry in &main { li { (entry.link(current)) } }
                }
                ul.bar {
                    @for entry in main.iter().filter(|entry| entry.in_bar).take(2) { li { (entry.short_link(current)) } }
                    @if may.create_leads {
                        li { a href="/leads/new" { span.plus { (icon("plus")) } span.sr { (t!(l, "common-new")) " " (t!(l, "common-new-lead-suffix")) } } }
                    }
                    @for entry in main.iter().filter(|entry| entry.in_bar).skip(2) { li { (entry.short_link(current)) } }
                    li {
                        details.more {
                            summary {
                                (icon("menu")) span { (t!(l, "common-nav-more")) }
                                @if let Some(count) = waiting { b.count aria-hidden="true" { (count) } span.sr { " (" (t!(l, "inbox-nav-waiting", count = count)) ")" } }
                            }
                            ul.sheet {
                                @for entry in main.iter().filter(in_sheet) { li { (entry.link(current)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// One line of the navigation.
struct Entry {
    nav: Nav,
    href: &'static str,
    icon: &'static str,
    label: String,
    /// For the bar of a phone, where the label does not fit.
    short: Option<String>,
    /// Has its place in the bar of a phone; the others are behind «Més».
    in_bar: bool,
    /// How many things wait there, as it is shown.
    count: Option<String>,
    /// How many of one's own are overdue, and the same in words.
    overdue: Option<(String, String)>,
}

impl Entry {
    fn link(&self, current: Nav) -> Markup {
        self.labelled(current, &self.label)
    }

    fn short_link(&self, current: Nav) -> Markup {
        self.labelled(current, self.short.as_deref().unwrap_or(&self.label))
    }

    fn labelled(&self, current: Nav, label: &str) -> Markup {
        let marked = match self.nav {
            nav if nav == current => Some("page"),
            nav if nav == current.entry() => Some("true"),
            _ => None,
        };
        html! {
            a href=(self.href) aria-current=[marked] {
                (icon(self.icon)) span { (label) }
                @if let Some(count) = &self.count { span.count { (count) } }
                @if let Some((number, words)) = &self.overdue { b.overdue aria-hidden="true" { (number) } span.sr { " (" (words) ")" } }
            }
        }
    }
}

/// What the navigation says to somebody who may do this.
pub fn navigation(l: Locale<'_>, may: May) -> Vec<String> {
    main_entries(l, may, 0).into_iter().map(|entry| entry.label).collect()
}

fn main_entries(l: Locale<'_>, may: May, overdue: usize) -> Vec<Entry> {
    let entry = |nav, href, icon, label, in_bar| Entry {
        nav,
        href,
        icon,
        label,
        short: None,
        in_bar,
        count: None,
        overdue: None,
    };
    let mut entries = vec![entry(Nav::Home, "/", "house", t!(l, "common-nav-home"), true)];
    if may.decide_leads {
        entries.push(entry(Nav::Inbox, "/leads/inbox", "inbox", t!(l, "inbox-title"), false));
    }
    if may.see_leads {
        // The bar of a phone has room for four and what is new: leads where there is no board.
        let in_bar = !may.see_opportunities;
        entries.push(Entry {
            short: Some(t!(l, "common-nav-leads-short")),
            ..entry(Nav::Leads, "/leads", "user-plus", t!(l, "common-nav-leads"), in_bar)
        });
    }
    if may.see_opportunities {
        entries.push(entry(Nav::Board, board::BOARD_PATH, "kanban", t!(l, "board-title"), true));
    }
    if may.see_activities {
        let (href, icon) = (activities::PATH, records::icon_of(Kind::Activity));
        entries.push(Entry {
            overdue: overdue_words(l, overdue),
            ..entry(Nav::Activities, href, icon, records::list_title(l, Kind::Activity), true)
        });
    }
    for (kind, may_see) in [
        (Kind::Opportunity, may.see_opportunities),
        (Kind::Quote, may.see_quotes),
        (Kind::Company, may.see_companies),
        (Kind::Contact, may.see_contacts),
        (Kind::Product, may.see_products),
        (Kind::Document, may.see_documents),
    ] {
        if may_see {
            let (href, icon) = (model::path_of(kind).unwrap_or("/"), records::icon_of(kind));
            entries.push(entry(Nav::of(kind), href, icon, records::list_title(l, kind), false));
        }
    }
    if may.import {
        entries.push(entry(Nav::Imports, "/imports", "upload", t!(l, "common-nav-imports"), false));
    }
    if may.see_reports {
        let in_bar = !may.see_activities;
        entries.push(entry(Nav::Reports, "/reports", "chart-column", t!(l, "common-nav-reports"), in_bar));
    }
    entries.push(entry(Nav::Settings, "/settings", "settings", t!(l, "common-nav-settings"), false));
    entries
}

/// Counting stops here.
pub const OVERDUE_MAX: usize = 99;

fn overdue_words(l: Locale<'_>, overdue: usize) -> Option<(String, String)> {
    Some(match overdue {
        0 => return None,
        count if count > OVERDUE_MAX => {
            (format!("{OVERDUE_MAX}+"), t!(l, "activities-nav-more", count = OVERDUE_MAX))
        }
        count => (count.to_string(), t!(l, "activities-nav-overdue", count = count)),
    })
}

/// The name of a language in itself.
pub fn language_name(language: Language) -> &'static str {
    match language {
        Language::Ca => "Català",
        Language::Es => "Castellano",
        Language::En => "English",
    }
}

/// Where the company's picture is served from. The name is that of its content, so it can be kept for ever.
pub fn logo_href(logo: &model::Logo) -> String {
    format!("/brand/{}", logo.sha256)
}

fn brand(name: &str, logo: Option<String>) -> Markup {
    html! {
        a.brand href="/" title=(name) { (brand_mark(name, logo)) }
    }
}

fn brand_mark(name: &str, logo: Option<String>) -> Markup {
    html! {
        @if let Some(src) = logo { img src=(src) alt=""; }
        @else {
            svg viewBox="0 0 32 32" aria-hidden="true" {
                rect width="32" height="32" rx="8" {}
                path d="M9 10h14M16 10v9.5a3.5 3.5 0 0 0 5.5 2.9" {}
            }
        }
        span { (name) }
    }
}

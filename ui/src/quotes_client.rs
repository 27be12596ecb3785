//! A quote as its client sees it: what is offered, what it comes to, and the answer. For a reader without an account, on a
//! phone, with or without scripts.

use crate::Locale;
use crate::Nav;
use crate::components::{Fact, Value, error_lines, facts, icon};
use crate::format;
use crate::messages::t;
use crate::problems;
use crate::shell::{Page, Shell, language_name};
use maud::{Markup, html};
use model::jiff::Timestamp;
use model::quote_status::{ACCEPTED, REJECTED, SIMULATION, SUPERSEDED, VOID};
use model::{FieldErrors, Language, Quote, QuoteLine, QuoteSums, Settings};

mod answer;
mod ended;
mod lines;
mod totals;
pub(crate) use ended::chosen_options;
pub use totals::sums;

/// The field that says that choices were made: what is not ticked is not sent.
pub const CHOICES: &str = "choices";

/// What the client chose and typed; the form sends `alternative`, `ticked` (once for each line, by its place), `name`,
/// `agrees`, `signature`, `pdf`; `reason`; `asker`, `question`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Typed {
    pub alternative: String,
    pub ticked: Vec<u16>,
    pub name: String,
    pub agrees: bool,
    /// A PNG as a data URL, or empty.
    pub signature: String,
    pub reason: String,
    pub asker: String,
    pub question: String,
    pub errors: FieldErrors,
}

/// What the page shows.
#[derive(Clone, PartialEq, Debug)]
pub struct ClientQuote {
    pub token: String,
    pub quote: Quote,
    /// With the optional ones ticked that are chosen.
    pub lines: Vec<QuoteLine>,
    /// Of each alternative; one without a name where there are none.
    pub sums: Vec<(Option<String>, QuoteSums)>,
    pub settings: Settings,
    /// Whom it is for.
    pub client: String,
    /// Who answers for it, with their e-mail address.
    pub seller: Option<(String, String)>,
    /// It can be answered now.
    pub is_open: bool,
    /// When it was answered, superseded or taken back.
    pub ended_at: Option<Timestamp>,
    /// Path of the version that took its place.
    pub newer: Option<String>,
    pub typed: Typed,
    /// What was just done: `accepted`, `rejected`, `asked`; or empty.
    pub done: String,
}

/// Where a quote stands for its client.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Standing {
    Open,
    Accepted,
    Rejected,
    Expired,
    Superseded,
    Void,
    /// Tried out and shared: no offer.
    Simulation,
}

impl ClientQuote {
    fn standing(&self) -> Standing {
        match self.quote.status() {
            ACCEPTED => Standing::Accepted,
            REJECTED => Standing::Rejected,
            SUPERSEDED => Standing::Superseded,
            VOID => Standing::Void,
            SIMULATION => Standing::Simulation,
            _ if self.is_open => Standing::Open,
            _ => Standing::Expired,
        }
    }

    fn action(&self, l: Locale<'_>, deed: &str) -> String {
        format!("/q/{}/{deed}?lang={}", self.token, l.code())
    }

    /// The alternatives that are offered.
    fn alternatives(&self) -> Vec<&str> {
        self.sums.iter().filter_map(|(name, _)| name.as_deref()).collect()
    }

    /// The alternative that counts: what was accepted, else what is chosen.
    fn alternative(&self) -> Option<&str> {
        let accepted =
            self.quote.state.acceptance.as_ref().and_then(|accepted| accepted.alternative.as_deref());
        let chosen = accepted.unwrap_or(&self.typed.alternative);
        self.alternatives()
            .into_iter()
            .find(|name| *name == chosen)
            .or_else(|| self.alternatives().first().copied())
    }

    /// The sums of the alternative that counts.
    fn main(&self) -> Option<&QuoteSums> {
        let chosen = self.alternative();
        self.sums.iter().find(|(name, _)| name.as_deref() == chosen).map(|(_, sums)| sums)
    }

    fn has_choices(&self) -> bool {
        !self.alternatives().is_empty() || self.lines.iter().any(|line| line.optional)
    }

    /// The language of what the seller wrote, where it is not that of the page.
    fn other_language(&self, l: Locale<'_>) -> Option<&'static str> {
        let language = self.quote.language();
        (language != l.language).then(|| language.code())
    }

    fn months(&self) -> u16 {
        self.quote.terms(&self.lines).months
    }

    /// The name as it stands in the register.
    fn seller_name(&self) -> &str {
        if self.settings.legal_name.is_empty() {
            &self.settings.company_name
        } else {
            &self.settings.legal_name
        }
    }
}

/// `GET /q/{token}`, and again with what is wrong or what happened in the meantime.
pub fn page(shell: &Shell, view: &ClientQuote) -> Markup {
    let l = shell.locale();
    let standing = view.standing();
    let title = match standing {
        Standing::Simulation => t!(l, "offer-simulation"),
        _ => t!(l, "offer-title", number = view.quote.full_number().unwrap_or_default()),
    };
    let main = html! {
        div.stack-m.offer {
            (error_lines(l, &problem_lines(l, &view.typed.errors)))
            (done(l, view, standing))
            header.stack-s {
                h1 { (title) }
                @if let Some(subject) = &view.quote.subject { p.subject lang=[view.other_language(l)] { (subject) } }
                (about(shell, view))
                @if view.quote.state.pdf.is_some() {
                    p { a.btn href=(format!("/q/{}/pdf", view.token)) { (icon("download")) (t!(l, "offer-pdf")) } }
                }
            }
            @match standing {
                Standing::Open => (answer::open(l, view)),
                _ => (ended::ended(shell, view, standing)),
            }
        }
    };
    let page = Page::new(&title, Nav::Nowhere).errors(&view.typed.errors).wide();
    let page = page.assets(&["quotes-client.css", "signature.js"]);
    framed(shell, &page, &format!("/q/{}", view.token), main)
}

/// A link that opens nothing, whether it once did or not.
pub fn gone(shell: &Shell) -> Markup {
    let l = shell.locale();
    let title = t!(l, "offer-gone-title");
    let main = html! {
        div.stack-s {
            h1 { (title) }
            p { (t!(l, "offer-gone-text")) }
        }
    };
    // The address is not said again: it may have been typed by anybody.
    shell.for_visitors(&Page::new(title, Nav::Nowhere), false, main, html! {})
}

/// Around it: the company's name and the other languages.
fn framed(shell: &Shell, page: &Page, path: &str, main: Markup) -> Markup {
    let l = shell.locale();
    let languages = html! {
        nav aria-label=(t!(l, "common-language")) {
            ul.actions {
                @for language in Language::ALL {
                    li {
                        a.btn.quiet href=(format!("{path}?lang={}", language.code())) lang=(language.code())
                            hreflang=(language.code()) aria-current=[(language == l.language).then_some("true")] { (language_name(language)) }
                    }
                }
            }
        }
    };
    shell.for_visitors(page, false, main, languages)
}

/// Who offers it to whom, when, and until when.
fn about(shell: &Shell, view: &ClientQuote) -> Markup {
    let l = shell.locale();
    let settings = &view.settings;
    let town = [settings.postcode.as_str(), settings.town.as_str()].join(" ");
    let tax_id = if settings.tax_id.is_empty() {
        String::new()
    } else {
        t!(l, "offer-tax-id", id = settings.tax_id.as_str())
    };
    let phone = if settings.phone.is_empty() {
        String::new()
    } else {
        format::phone(&settings.phone).replace(' ', "\u{a0}")
    };
    let parts = [
        view.seller_name().to_owned(),
        tax_id,
        settings.address.clone(),
        town.trim().to_owned(),
        phone,
        settings.email.clone(),
    ];
    let from: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let mut entries = vec![
        Fact::new(t!(l, "offer-from"), Value::text(from.join(" · "))),
        Fact::new(t!(l, "offer-for"), Value::text(view.client.as_str())),
    ];
    if let Some(sent) = view.quote.sent_at {
        let day = sent.to_zoned_datetime(shell.zone.clone()).date();
        entries.push(Fact::new(t!(l, "offer-date"), Value::text(format::date_long(l, day))));
    }
    entries.push(Fact::new(t!(l, "offer-version"), Value::text(view.quote.version_number().to_string())));
    if let Some(last) = view.quote.valid_until {
        entries.push(Fact::new(t!(l, "offer-valid"), Value::text(format::date_long(l, last))));
    }
    if let Some((name, email)) = &view.seller {
        let value = Value::Link { href: format!("mailto:{email}"), text: format!("{name} ({email})") };
        entries.push(Fact::new(t!(l, "offer-seller"), value));
    }
    facts(l, &entries)
}

/// What the last form did; only where it is still so, as an address can say anything.
fn done(l: Locale<'_>, view: &ClientQuote, standing: Standing) -> Markup {
    let sentence = match (view.done.as_str(), standing) {
        ("accepted", Standing::Accepted) => {
            t!(l, "offer-done-accepted", company = view.settings.company_name.as_str())
        }
        ("rejected", Standing::Rejected) => {
            t!(l, "offer-done-rejected", company = view.settings.company_name.as_str())
        }
        ("asked", _) => t!(l, "offer-done-asked", company = view.settings.company_name.as_str()),
        _ => return html! {},
    };
    html! { div.notice.ok role="status" { (icon("circle-check")) div.words { (sentence) } } }
}

/// Each problem with the name of what it is about, as the page calls it.
fn problem_lines(l: Locale<'_>, errors: &FieldErrors) -> Vec<(String, String)> {
    let named = |field: &str| match field {
        "name" | "asker" => Some(t!(l, "offer-name")),
        "alternative" => Some(t!(l, "offer-alternatives")),
        "ticked" => Some(t!(l, "offer-optional")),
        "question" => Some(t!(l, "offer-question")),
        "reason" => Some(t!(l, "offer-reason")),
        _ => None,
    };
    let of = |problem: &model::Problem| {
        let sentence = problems::text(l, problem);
        let sentence = match named(&problem.field) {
            Some(field) => t!(l, "common-problem-named", field = field, problem = sentence),
            None => sentence,
        };
        // Which of the lines it is, nobody can tell.
        let field = if problem.field == "ticked" { String::new() } else { problem.field.clone() };
        (field, sentence)
    };
    errors.0.iter().map(of).collect()
}

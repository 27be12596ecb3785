//! Quotes: what is in them and what it comes to, their versions, who lets them pass, sending, and the client's answer.

use crate::error::none_of;
use crate::{App, Ctx, Error, costs, permissions, records, reports, settings};
use model::uuid::Uuid;
use model::{
    Action, Decimal, FieldErrors, Kind, LineKind, PricedLine, Quote, QuoteLine, QuoteSums, RECORD_BYTES_MAX,
    SumTerms, alternatives_of,
};
use store::Write;

mod answering;
mod approving;
mod client_side;
mod following;
pub(crate) mod letters;
mod lines;
mod link;
mod paper;
mod round;
mod rules;
mod sending;
mod simulating;
mod versions;
pub use answering::{
    Answer, ClientView, SIGNATURE_BYTES_MAX, accept, ask, client_pdf, client_view, note_viewed, reject,
};
pub use approving::{
    Asking, WAITING_MAX, approve, asking, limits_passed, send_back, waiting, waiting_filter,
};
pub use client_side::with_ticked;
pub use following::{Followed, followed};
pub use lines::{LineDraft, PriceNote, drafts_of, price_notes, wanted};
pub use link::address_of;
pub use paper::{PAPER, pdf, template_problems};
pub use round::{round, run_worker};
pub use rules::{books, proposed};
pub use sending::{Said, Sending, close_link, mark_accepted, mark_rejected, send, void};
pub use simulating::{quote_of, share, simulate};
pub use versions::{Difference, differences, new_version, versions};

/// What a quote says, with all its sums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    pub quote: Quote,
    pub lines: Vec<QuoteLine>,
    /// Of each alternative; one without a name where there are none.
    pub sums: Vec<(Option<String>, QuoteSums)>,
}

impl Content {
    /// The sums that count: those of what was accepted, or of the first alternative.
    pub fn main(&self) -> Option<&QuoteSums> {
        self.quote.counting(&self.sums)
    }

    /// The same for whoever may not know what things cost.
    #[must_use]
    fn without_costs(mut self) -> Content {
        self.quote = costs::without_margin(self.quote);
        for line in &mut self.lines {
            line.cost = None;
        }
        for (_, sums) in &mut self.sums {
            sums.cost = None;
        }
        self
    }
}

/// A quote without its lines, for whoever sees it.
pub fn get(app: &App, ctx: &Ctx, id: Uuid) -> Result<Quote, Error> {
    Ok(costs::quote_for_reader(ctx, records::reachable(app, ctx, id, Action::See)?))
}

/// The same with its lines and sums.
pub fn content(app: &App, ctx: &Ctx, id: Uuid) -> Result<Content, Error> {
    content_for(app, ctx, records::reachable(app, ctx, id, Action::See)?)
}

/// All of a quote that its reader is shown.
fn content_for(app: &App, ctx: &Ctx, quote: Quote) -> Result<Content, Error> {
    let content = content_of(app, quote)?;
    Ok(if costs::may_see(ctx, Kind::Quote) { content } else { content.without_costs() })
}

pub(crate) fn content_of(app: &App, quote: Quote) -> Result<Content, Error> {
    let lines = lines::with_choices(&quote, lines::read(app, quote.meta.id, quote.state.sheets)?);
    let sums = all_sums(&quote, &lines)?;
    Ok(Content { quote, lines, sums })
}

/// Problem code of what is beyond any amount: `quote-too-large`.
fn all_sums(quote: &Quote, lines: &[QuoteLine]) -> Result<Vec<(Option<String>, QuoteSums)>, Error> {
    let names = alternatives_of(lines);
    let names: Vec<Option<String>> =
        if names.is_empty() { vec![None] } else { names.into_iter().map(Some).collect() };
    let terms = quote.terms(lines);
    let of = |name: Option<String>| Ok((name.clone(), sums_of(&priced(lines, name.as_deref()), &terms)?));
    names.into_iter().map(of).collect()
}

fn priced(lines: &[QuoteLine], alternative: Option<&str>) -> Vec<PricedLine> {
    lines.iter().map(|line| line.priced(alternative)).collect()
}

fn sums_of(lines: &[PricedLine], terms: &SumTerms) -> Result<QuoteSums, Error> {
    model::sums(lines, terms).map_err(|_| Error::invalid("", "quote-too-large", ""))
}

/// Writes into a quote what its lines come to.
pub(crate) fn put_sums(quote: &mut Quote, lines: &[QuoteLine]) -> Result<(), Error> {
    let names = alternatives_of(lines);
    let accepted = quote.state.acceptance.as_ref().and_then(|accepted| accepted.alternative.clone());
    let name = accepted.or_else(|| names.into_iter().next());
    let (priced, terms) = (priced(lines, name.as_deref()), quote.terms(lines));
    let sums = sums_of(&priced, &terms)?;
    let is_empty = !priced.iter().any(|line| line.is_in);
    let unless_empty = |money| if is_empty { None } else { Some(money) };
    quote.amount = unless_empty(sums.term.base);
    quote.first_payment = unless_empty(sums.first.total);
    quote.total = unless_empty(sums.term.total);
    quote.margin = sums.margin_per_mille().map(percent);
    quote.discounted = sums.discount_per_mille(&priced, terms.months).map(percent).filter(|_| !is_empty);
    Ok(())
}

/// Percent, with one decimal.
fn percent(per_mille: i64) -> Decimal {
    Decimal::new(per_mille, 1).normalize()
}

/// Lines as they are typed, without writing anything: what they would come to, and what is wrong with them.
pub fn try_lines(
    app: &App,
    ctx: &Ctx,
    id: Uuid,
    drafts: &[LineDraft],
) -> Result<(Content, FieldErrors), Error> {
    let quote = changeable(app, ctx, id)?;
    let (lines, mut errors) = lines::read_drafts(app, ctx, &quote, drafts)?;
    let sums = match all_sums(&quote, &lines) {
        Ok(sums) => sums,
        Err(Error::Invalid(problems)) => {
            errors.0.extend(problems.0);
            Vec::new()
        }
        Err(error) => return Err(error),
    };
    Ok((Content { quote, lines, sums }, errors))
}

/// Puts lines in place of those that a draft has. The first lines give a quote its number. Whatever changes in a line, the
/// quote has another version: nobody sends or overwrites what they have not seen.
pub fn save_lines(
    app: &App,
    ctx: &Ctx,
    id: Uuid,
    version: u64,
    drafts: &[LineDraft],
) -> Result<Quote, Error> {
    let before = changeable(app, ctx, id)?;
    let (lines, errors) = lines::read_drafts(app, ctx, &before, drafts)?;
    if before.meta.version != version {
        return Err(app.conflict(&before, &before));
    }
    none_of(errors)?;
    let mut after = before.clone();
    let mut write = ctx.write().long();
    if lines::read(app, id, before.state.sheets)? != lines {
        after.state.line_changes = before.state.line_changes.wrapping_add(1);
    }
    after.state.sheets = lines::put(app, ctx, &mut write, id, before.state.sheets, &lines)?;
    put_sums(&mut after, &lines)?;
    if after.number.is_none() && !lines.is_empty() && !after.is_simulation() {
        with_number(app, ctx, &mut write, after, move |after, write| write.update(&before, after))?;
    } else {
        write.update(&before, after);
    }
    app.commit(write)?;
    app.store.get::<Quote>(id)?.ok_or(Error::NotFound)
}

/// Puts a quote into the write with the next number of its series.
fn with_number(
    app: &App,
    ctx: &Ctx,
    write: &mut Write,
    mut quote: Quote,
    put: impl FnOnce(Quote, &mut Write) + Send + 'static,
) -> Result<(), Error> {
    let day = reports::today(ctx, &settings::get(app, ctx)?);
    let (counter, written) = crate::number_series::next(app, SERIES, day)?;
    let build = move |first: &[u64], write: &mut Write| {
        quote.number = Some(written(first.first().copied().unwrap_or(1)));
        put(quote, write);
    };
    write.take_numbers(vec![(counter, 1)], Box::new(build));
    Ok(())
}

/// The series of numbers that quotes have.
const SERIES: &str = "quotes";

/// A draft that the caller may change. Problem code: `quote-fixed`.
fn changeable(app: &App, ctx: &Ctx, id: Uuid) -> Result<Quote, Error> {
    let quote = records::reachable::<Quote>(app, ctx, id, Action::Change)?;
    if quote.is_draft() { Ok(quote) } else { Err(Error::invalid("", "quote-fixed", "")) }
}

/// A quote that the caller may change, whatever its state, at the version they saw.
fn at_version(app: &App, ctx: &Ctx, id: Uuid, version: u64) -> Result<Quote, Error> {
    let quote = records::reachable::<Quote>(app, ctx, id, Action::Change)?;
    if quote.meta.version != version {
        return Err(app.conflict(&quote, &quote));
    }
    Ok(quote)
}

/// Whether it can be sent as far as its lines go: something has a price.
fn has_priced(lines: &[QuoteLine]) -> bool {
    lines.iter().any(|line| line.kind == LineKind::Product)
}

/// Writes one changed quote.
fn save(app: &App, ctx: &Ctx, before: &Quote, after: Quote) -> Result<Quote, Error> {
    if crate::notes::bytes_of(&after) > RECORD_BYTES_MAX {
        return Err(Error::invalid("conditions", "record-too-big", RECORD_BYTES_MAX.to_string()));
    }
    let mut write = ctx.write();
    write.update(before, after);
    app.commit(write)?;
    app.store.get::<Quote>(before.meta.id)?.ok_or(Error::NotFound)
}

/// Whether the caller may make quotes: for buttons.
pub fn may_create(ctx: &Ctx) -> bool {
    permissions::may(ctx, Kind::Quote, Action::Create)
}

/// The client's name and e-mail address: the contact's, else the company's, as far as the caller sees them.
pub fn client_of(app: &App, ctx: &Ctx, quote: &Quote) -> Result<(String, String), Error> {
    let (mut name, mut email) = (String::new(), String::new());
    for (kind, id) in [(Kind::Contact, quote.contact), (Kind::Company, quote.company)] {
        let Some(record) = id.map(|id| records::visible(app, ctx, kind, id)).transpose()?.flatten() else {
            continue;
        };
        if name.is_empty() {
            name = record.name();
        }
        if let (true, model::FieldValue::Text(text)) = (email.is_empty(), record.built_in("email")) {
            email = text;
        }
    }
    Ok((name, email))
}

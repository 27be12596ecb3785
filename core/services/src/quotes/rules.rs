//! What is particular to quotes when one is made or changed: what it begins with, and that only drafts change.

use super::following;
use super::versions::offered_otherwise;
use crate::records::rules::{Around, Rules};
use crate::records::{self, Draft};
use crate::{App, Ctx, Error, prices, reports, settings};
use model::jiff::ToSpan;
use model::uuid::Uuid;
use model::{
    CONDITIONS_CHARACTERS_MAX, Company, Currency, Decimal, Entity, FieldErrors, Kind, Opportunity,
    PAYMENT_TERMS_CHARACTERS_MAX, Quote, TERM_MONTHS_MAX,
};
use store::Write;

impl Rules for Quote {
    fn is_open(&self) -> bool {
        self.is_draft() || Quote::is_open(self)
    }

    fn settle(
        &mut self,
        around: &Around<'_>,
        before: Option<&Quote>,
        errors: &mut FieldErrors,
    ) -> Result<(), Error> {
        match before {
            None => {
                begin(self, around)?;
                // Whoever says for which opportunity it is has said what it is about.
                if self.subject.is_some() {
                    errors.0.retain(|problem| problem.field != "subject" || problem.code != "required");
                }
            }
            Some(before) if !before.is_draft() => {
                if offered_otherwise(before, self).next().is_some() {
                    errors.add("", "quote-fixed", "");
                }
                return Ok(());
            }
            Some(before) => follow_client(self, before, around)?,
        }
        let today = reports::today(around.ctx, around.settings);
        let is_new_book = before.is_none_or(|before| before.price_book != self.price_book);
        if let Some(book) = self.price_book.as_ref().filter(|_| is_new_book)
            && let Err((code, detail)) =
                prices::require_usable(around.frame, book, self.state.currency, today)
        {
            errors.add("price_book", code, detail);
        }
        let is_new_day = before.is_none_or(|before| before.valid_until != self.valid_until);
        if is_new_day && self.valid_until.is_some_and(|last| last < today) {
            errors.add("valid_until", "quote-valid-past", "");
        }
        for (field, percent) in [("discount", self.discount), ("withholding", self.withholding)] {
            let percents = Decimal::ZERO..=Decimal::ONE_HUNDRED;
            if percent.is_some_and(|percent| !percents.contains(&percent)) {
                errors.add(field, "number-between", "0–100");
            }
        }
        let months = Decimal::ONE..=Decimal::from(TERM_MONTHS_MAX);
        if self.term_months.is_some_and(|term| !months.contains(&term) || !term.is_integer()) {
            errors.add("term_months", "number-between", format!("1–{TERM_MONTHS_MAX}"));
        }
        let texts = [
            ("payment_terms", &self.payment_terms, PAYMENT_TERMS_CHARACTERS_MAX),
            ("conditions", &self.conditions, CONDITIONS_CHARACTERS_MAX),
        ];
        for (field, text, most) in texts {
            if text.as_ref().is_some_and(|text| text.chars().count() > most) {
                errors.add(field, "too-long", most.to_string());
            }
        }
        if errors.is_empty() {
            let lines = super::lines::read(around.app, self.meta.id, self.state.sheets)?;
            let (app, ctx) = (around.app, around.ctx);
            let followed = before.map(|before| following::by_new_book(app, ctx, before, self, &lines));
            super::put_sums(self, &followed.transpose()?.flatten().unwrap_or(lines))?;
        }
        Ok(())
    }

    /// Lines at the prices of the former book are at those of the one that is chosen now.
    fn with_change(
        app: &App,
        ctx: &Ctx,
        write: Write,
        before: &Quote,
        after: &mut Quote,
    ) -> Result<Write, Error> {
        let (id, sheets) = (before.meta.id, before.state.sheets);
        let lines = super::lines::read(app, id, sheets)?;
        let followed = following::by_new_book(app, ctx, before, after, &lines)?;
        let Some(followed) = followed.filter(|followed| *followed != lines) else { return Ok(write) };
        let mut write = write.long();
        after.state.line_changes = before.state.line_changes.wrapping_add(1);
        after.state.sheets = super::lines::put(app, ctx, &mut write, id, sheets, &followed)?;
        super::put_sums(after, &followed)?;
        Ok(write)
    }

    /// Only drafts: what went out is kept. Problem code: `quote-kept`.
    fn before_deletion(app: &App, write: &mut Write, quote: &Quote) -> Result<(), Error> {
        if !quote.is_draft() {
            return Err(Error::invalid("", "quote-kept", ""));
        }
        super::lines::remove(app, write, quote.meta.id, quote.state.sheets)
    }
}

/// What the form of a new quote begins with: what was asked for, and what its opportunity, client and company say beside it.
pub fn proposed(app: &App, ctx: &Ctx, asked: &Draft) -> Result<Draft, Error> {
    let (frame, settings) = (app.frame(), settings::get(app, ctx)?);
    let mut quote = records::begun::<Quote>(ctx);
    let id = |key: &str| asked.one(key).and_then(|text| text.parse::<Uuid>().ok());
    let seen = |kind: Kind, id: Option<Uuid>| -> Result<Option<Uuid>, Error> {
        let record = id.map(|id| records::visible(app, ctx, kind, id)).transpose()?.flatten();
        Ok(record.map(|record| record.about().id))
    };
    quote.opportunity = seen(Kind::Opportunity, id("opportunity"))?;
    quote.company = seen(Kind::Company, id("company"))?;
    quote.contact = seen(Kind::Contact, id("contact"))?;
    quote.lead = seen(Kind::Lead, id("lead"))?;
    begin(&mut quote, &Around { app, ctx, frame: &frame, settings: &settings, made: &[] })?;
    let mut draft = Draft::of(&frame, &quote);
    draft.0.extend(
        asked
            .0
            .iter()
            .filter(|(_, texts)| texts.iter().any(|text| !text.is_empty()))
            .map(|(key, texts)| (key.clone(), texts.clone())),
    );
    Ok(draft)
}

/// The keys of the price books that a quote in this currency can be made with today, in their order.
pub fn books(app: &App, ctx: &Ctx, currency: Currency) -> Result<Vec<String>, Error> {
    let (frame, today) = (app.frame(), reports::today(ctx, &settings::get(app, ctx)?));
    let usable = |key: &&String| prices::require_usable(&frame, key, currency, today).is_ok();
    Ok(frame.price_books.all().iter().map(|book| &book.key).filter(usable).cloned().collect())
}

/// The book of a client, where a quote in this currency can be made with it today.
fn book_of_client(around: &Around<'_>, client: Option<&Company>, currency: Currency) -> Option<String> {
    let today = reports::today(around.ctx, around.settings);
    let usable = |key: &String| prices::require_usable(around.frame, key, currency, today).is_ok();
    prices::book_of(around.app, client).filter(usable)
}

/// A draft for another client is made with the book of that one, unless somebody chose one.
fn follow_client(quote: &mut Quote, before: &Quote, around: &Around<'_>) -> Result<(), Error> {
    if quote.company == before.company || quote.price_book != before.price_book {
        return Ok(());
    }
    let company = |id: Option<Uuid>| -> Result<Option<Company>, Error> {
        Ok(id.map(|id| around.app.store.get::<Company>(id)).transpose()?.flatten())
    };
    let former = company(before.company)?.and_then(|former| former.price_book);
    if before.price_book.is_none() || before.price_book == former {
        let client = company(quote.company)?;
        quote.price_book = book_of_client(around, client.as_ref(), quote.state.currency);
    }
    Ok(())
}

/// What a new quote has that nobody typed: of its opportunity, of its client, of the company's usual terms.
fn begin(quote: &mut Quote, around: &Around<'_>) -> Result<(), Error> {
    let settings = around.settings;
    quote.state.currency = settings.currency;
    if let Some(id) = quote.opportunity
        && let Some(opportunity) = around.app.store.get::<Opportunity>(id)?
    {
        quote.company = quote.company.or(opportunity.company);
        quote.contact = quote.contact.or(opportunity.contact);
        quote.subject = quote.subject.take().or_else(|| Some(opportunity.title()));
    }
    let company = quote.company.map(|id| around.app.store.get::<Company>(id)).transpose()?.flatten();
    let today = reports::today(around.ctx, settings);
    if quote.price_book.is_none() {
        quote.price_book = book_of_client(around, company.as_ref(), quote.state.currency);
    }
    if let Some(company) = &company {
        quote.language = quote.language.take().or_else(|| company.language.clone());
        quote.tax_regime = quote.tax_regime.take().or_else(|| company.tax_regime.clone());
        if company.withholding && quote.withholding.is_none() {
            let tax = around.frame.taxes.get("withholding");
            quote.withholding = tax.and_then(|tax| tax.piece.on(today)).map(|rate| rate.percent);
        }
    }
    quote.language = quote.language.take().or_else(|| Some(settings.language.code().to_owned()));
    quote.tax_regime = quote.tax_regime.take().or_else(|| Some("normal".to_owned()));
    let usual = &settings.quotes;
    quote.payment_terms = quote.payment_terms.take().or_else(|| some(&usual.payment_terms));
    quote.conditions = quote.conditions.take().or_else(|| some(&usual.conditions));
    if quote.valid_until.is_none() {
        quote.valid_until = today.checked_add(i64::from(usual.valid_days).days()).ok();
    }
    Ok(())
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

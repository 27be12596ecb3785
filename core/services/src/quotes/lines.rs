//! Lines of quotes: kept a few to a record, read from what was typed, all problems at once.

use crate::links::{self, Found};
use crate::prices::{self, OwnPrice};
use crate::{App, Ctx, Error, records, reports, settings};
use model::jiff::civil::Date;
use model::json;
use model::uuid::Uuid;
use model::{
    ALTERNATIVES, Billing, Company, Component, Decimal, FieldErrors, Frame, Kind, LINE_TEXT_CHARACTERS_MAX,
    LineKind, Meta, Opportunity, Product, QUOTE_LINES_MAX, Quote, QuoteLine, QuoteSheet, TaxKind,
    parse_number,
};
use store::Write;

/// Bytes of lines in one record, beside what every record has.
const SHEET_BYTES_MAX: usize = 3_300;
/// A unit is a word.
const UNIT_CHARACTERS_MAX: usize = 20;

/// A line as it was typed. Of a line with a product, what is left empty is the product's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineDraft {
    /// See [`LineKind`]; empty: a product.
    pub kind: String,
    pub text: String,
    /// A product by its name, code or id; and the id of the one that was picked.
    pub product: String,
    pub product_pick: String,
    pub quantity: String,
    pub unit: String,
    pub unit_price: String,
    pub cost: String,
    pub discount: String,
    /// The key of a tax.
    pub tax: String,
    /// See [`Billing`].
    pub billing: String,
    /// Months for which the client is bound at least; 0: none.
    pub minimum_months: String,
    pub optional: bool,
    pub ticked: bool,
    /// One of [`ALTERNATIVES`], or empty.
    pub alternative: String,
}

impl LineDraft {
    /// Nothing was typed.
    pub fn is_empty(&self) -> bool {
        let texts = [&self.text, &self.product, &self.unit_price, &self.cost];
        texts.iter().all(|text| text.trim().is_empty())
    }
}

/// What a form of these lines shows.
pub fn drafts_of(lines: &[QuoteLine]) -> Vec<LineDraft> {
    let number = |number: Decimal| number.normalize().to_string().replace('.', ",");
    let unless_zero = |value: Decimal| if value.is_zero() { String::new() } else { number(value) };
    let of = |line: &QuoteLine| LineDraft {
        kind: line.kind.as_str().to_owned(),
        text: line.text.clone(),
        product: line.product.map(|id| id.to_string()).unwrap_or_default(),
        product_pick: String::new(),
        quantity: if line.is_priced() { number(line.quantity) } else { String::new() },
        unit: line.unit.clone().unwrap_or_default(),
        unit_price: if line.is_priced() { number(line.unit_price) } else { String::new() },
        cost: line.cost.map(number).unwrap_or_default(),
        discount: unless_zero(line.discount),
        tax: line.tax.clone(),
        billing: if line.is_priced() { line.billing.as_str().to_owned() } else { String::new() },
        minimum_months: line.minimum_months.map(|months| months.to_string()).unwrap_or_default(),
        optional: line.optional,
        ticked: line.ticked,
        alternative: line.alternative.clone().unwrap_or_default(),
    };
    lines.iter().map(of).collect()
}

/// What the editor of a quote without lines begins with: the products that its opportunity is about, at their prices.
pub fn wanted(app: &App, ctx: &Ctx, quote: &Quote) -> Result<Vec<LineDraft>, Error> {
    let about = quote.opportunity.map(|id| records::visible(app, ctx, Kind::Opportunity, id)).transpose()?;
    let Some(id) = about.flatten().map(|opportunity| opportunity.about().id) else { return Ok(Vec::new()) };
    let opportunity = app.store.get::<Opportunity>(id)?.ok_or(Error::NotFound)?;
    let of = |wanted: &Component| LineDraft {
        kind: LineKind::Product.as_str().to_owned(),
        product: wanted.product.to_string(),
        quantity: wanted.quantity.normalize().to_string().replace('.', ","),
        ..LineDraft::default()
    };
    let drafts: Vec<LineDraft> = opportunity.products.iter().map(of).collect();
    let (lines, errors) = read_drafts(app, ctx, quote, &drafts)?;
    // One without a price or a tax is filled in by whoever writes the quote.
    Ok(if errors.is_empty() { drafts_of(&lines) } else { drafts })
}

/// The lines of a quote or simulation.
pub(crate) fn read(app: &App, of: Uuid, sheets: u16) -> Result<Vec<QuoteLine>, Error> {
    let mut lines = Vec::new();
    for place in 0..sheets {
        let sheet = app.store.get::<QuoteSheet>(QuoteSheet::id_of(of, place))?.ok_or(Error::NotFound)?;
        lines.extend(sheet.lines);
    }
    Ok(lines)
}

/// The lines with the optional ones ticked that the client ticked.
pub(super) fn with_choices(quote: &Quote, lines: Vec<QuoteLine>) -> Vec<QuoteLine> {
    match &quote.state.acceptance {
        Some(acceptance) => with_ticked(lines, &acceptance.ticked),
        None => lines,
    }
}

/// The lines with the optional ones of these places ticked, and no others.
pub(super) fn with_ticked(mut lines: Vec<QuoteLine>, ticked: &[u16]) -> Vec<QuoteLine> {
    for (place, line) in lines.iter_mut().enumerate().filter(|(_, line)| line.optional) {
        line.ticked = ticked.iter().any(|ticked| usize::from(*ticked) == place);
    }
    lines
}

/// Puts lines in place of those that there are. In how many records they are now.
pub(crate) fn put(
    app: &App,
    ctx: &Ctx,
    write: &mut Write,
    of: Uuid,
    sheets_before: u16,
    lines: &[QuoteLine],
) -> Result<u16, Error> {
    let packed = packed(lines)?;
    for (place, lines) in (0_u16..).zip(&packed) {
        let id = QuoteSheet::id_of(of, place);
        match app.store.get::<QuoteSheet>(id)? {
            Some(before) if before.lines == *lines => {}
            Some(before) => write.update(&before, QuoteSheet { lines: lines.clone(), ..before.clone() }),
            None => {
                let meta = Meta::new(id, ctx.at, ctx.actor());
                write.create(QuoteSheet { meta, of, place, lines: lines.clone() });
            }
        }
    }
    let count = u16::try_from(packed.len()).map_err(Error::internal)?;
    for place in count..sheets_before {
        if let Some(before) = app.store.get::<QuoteSheet>(QuoteSheet::id_of(of, place))? {
            write.delete(&before);
        }
    }
    Ok(count)
}

/// The records of lines go with what they are of.
pub(crate) fn remove(app: &App, write: &mut Write, of: Uuid, sheets: u16) -> Result<(), Error> {
    for place in 0..sheets {
        if let Some(before) = app.store.get::<QuoteSheet>(QuoteSheet::id_of(of, place))? {
            write.delete(&before);
        }
    }
    Ok(())
}

fn packed(lines: &[QuoteLine]) -> Result<Vec<Vec<QuoteLine>>, Error> {
    let mut packed: Vec<Vec<QuoteLine>> = Vec::new();
    let mut room = 0;
    for line in lines {
        let bytes = json::to_vec(line).map_err(Error::internal)?.len() + 1;
        match packed.last_mut().filter(|_| bytes <= room) {
            Some(sheet) => sheet.push(line.clone()),
            None => {
                packed.push(vec![line.clone()]);
                room = SHEET_BYTES_MAX;
            }
        }
        room = room.saturating_sub(bytes);
    }
    Ok(packed)
}

/// What lines are read with.
struct Desk<'a> {
    app: &'a App,
    ctx: &'a Ctx,
    frame: std::sync::Arc<Frame>,
    quote: &'a Quote,
    company: Option<Company>,
    today: Date,
}

/// Lines out of what was typed; empty ones are left out. Problems are named `lines.<place>.<field>`, with codes `required`,
/// `decimal-form`, `decimal-range`, `number-between`, `choice`, `too-long`, `link-unknown`, `link-several`, `quote-tax`,
/// `quote-currency`, `quote-term`, `quote-term-once`, `too-many`.
pub(crate) fn read_drafts(
    app: &App,
    ctx: &Ctx,
    quote: &Quote,
    drafts: &[LineDraft],
) -> Result<(Vec<QuoteLine>, FieldErrors), Error> {
    let mut errors = FieldErrors::default();
    if drafts.len() > QUOTE_LINES_MAX {
        errors.add("", "too-many", QUOTE_LINES_MAX.to_string());
        return Ok((Vec::new(), errors));
    }
    let company = quote.company.map(|id| app.store.get::<Company>(id)).transpose()?.flatten();
    let today = reports::today(ctx, &settings::get(app, ctx)?);
    let desk = Desk { app, ctx, frame: app.frame(), quote, company, today };
    let mut lines = Vec::new();
    for (place, draft) in drafts.iter().enumerate().filter(|(_, draft)| !draft.is_empty()) {
        lines.push(desk.line(place, draft, &mut errors)?);
    }
    Ok((lines, errors))
}

impl Desk<'_> {
    fn line(&self, place: usize, draft: &LineDraft, errors: &mut FieldErrors) -> Result<QuoteLine, Error> {
        let mut said = Said { place, errors };
        let kind = match draft.kind.trim() {
            "" => LineKind::Product,
            code => LineKind::from_code(code).unwrap_or_else(|| {
                said.add("kind", "choice", code);
                LineKind::Text
            }),
        };
        let mut line = QuoteLine { kind, text: plain(&draft.text), ..QuoteLine::default() };
        line.alternative = said.one_of("alternative", &draft.alternative, |code| {
            ALTERNATIVES.contains(&code).then(|| code.to_owned())
        });
        if kind == LineKind::Product {
            self.priced(draft, &mut line, &mut said)?;
        }
        if line.text.is_empty() {
            said.add("text", "required", "");
        } else if line.text.chars().count() > LINE_TEXT_CHARACTERS_MAX {
            said.add("text", "too-long", LINE_TEXT_CHARACTERS_MAX.to_string());
        }
        Ok(line)
    }

    fn priced(&self, draft: &LineDraft, line: &mut QuoteLine, said: &mut Said<'_>) -> Result<(), Error> {
        let product = self.product(draft, said)?;
        line.quantity = said.number("quantity", &draft.quantity).unwrap_or(Decimal::ONE);
        line.discount = said.percent("discount", &draft.discount);
        line.cost = said.number("cost", &draft.cost);
        line.unit = Some(plain(&draft.unit)).filter(|unit| !unit.is_empty());
        if line.unit.as_ref().is_some_and(|unit| unit.chars().count() > UNIT_CHARACTERS_MAX) {
            said.add("unit", "too-long", UNIT_CHARACTERS_MAX.to_string());
        }
        line.billing = said.one_of("billing", &draft.billing, Billing::from_code).unwrap_or_default();
        (line.optional, line.ticked) = (draft.optional, draft.optional && draft.ticked);
        if let Some(product) = &product {
            self.take_over(product, draft, line);
        }
        line.minimum_months = minimum(draft, product.as_ref(), line.billing, said);
        line.unit_price = if draft.unit_price.trim().is_empty() {
            self.price_of(product.as_ref(), line.quantity, said)?
        } else {
            said.number("unit_price", &draft.unit_price).unwrap_or_default()
        };
        self.taxed(draft, product.as_ref(), line, said);
        Ok(())
    }

    /// What a line does not say, its product says.
    fn take_over(&self, product: &Product, draft: &LineDraft, line: &mut QuoteLine) {
        line.product = Some(product.meta.id);
        line.code.clone_from(&product.code);
        if line.text.is_empty() {
            line.text = product.name_in(self.quote.language()).to_owned();
        }
        line.unit = line.unit.take().or_else(|| product.unit.clone());
        let is_ours = prices::company_currency(self.app) == self.quote.state.currency;
        line.cost = line.cost.or(product.cost.filter(|_| is_ours));
        if draft.billing.trim().is_empty() {
            line.billing = product.billing.as_deref().and_then(Billing::from_code).unwrap_or_default();
        }
    }

    /// The price of the quote's book for so many, else the product's own. One in another currency is nobody's price here, and
    /// that is said rather than another one taken.
    fn price_of(
        &self,
        product: Option<&Product>,
        quantity: Decimal,
        said: &mut Said<'_>,
    ) -> Result<Decimal, Error> {
        let book = prices::book_of_quote(self.app, self.quote, self.company.as_ref());
        let of = |product| prices::price_of(self.app, product, book.as_deref(), quantity.abs(), self.today);
        let ours = self.quote.state.currency;
        Ok(match product.map(of).transpose()?.flatten() {
            Some(price) if price.currency == ours => price.unit_price,
            Some(price) => {
                said.add(
                    "unit_price",
                    "quote-currency",
                    format!("{} → {}", price.currency.code(), ours.code()),
                );
                Decimal::ZERO
            }
            None => {
                said.add("unit_price", "required", "");
                Decimal::ZERO
            }
        })
    }

    fn product(&self, draft: &LineDraft, said: &mut Said<'_>) -> Result<Option<Product>, Error> {
        let text = draft.product.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let pick = Some(draft.product_pick.trim()).filter(|pick| !pick.is_empty());
        match links::meant(self.app, self.ctx, Kind::Product, text, pick)? {
            Found::One(id) => Ok(self.app.store.get::<Product>(id)?),
            Found::Nothing => {
                said.add("product", "link-unknown", text);
                Ok(None)
            }
            Found::Several => {
                said.add("product", "link-several", text);
                Ok(None)
            }
        }
    }

    /// The rate as of today: what is typed, what the product has, or the first tax of the company's country.
    fn taxed(&self, draft: &LineDraft, product: Option<&Product>, line: &mut QuoteLine, said: &mut Said<'_>) {
        let typed = Some(draft.tax.trim()).filter(|key| !key.is_empty());
        let of_product = || product.and_then(|product| product.tax.as_deref());
        let usual = || {
            let all = self.frame.taxes.all().iter();
            all.filter(|tax| !tax.piece.archived && tax.piece.kind != TaxKind::Withholding)
                .map(|tax| tax.key.as_str())
                .next()
        };
        let Some(key) = typed.or_else(of_product).or_else(usual) else {
            return said.add("tax", "quote-tax", "");
        };
        let tax = self.frame.taxes.get(key).filter(|tax| tax.piece.kind != TaxKind::Withholding);
        match tax.and_then(|tax| Some((tax, tax.piece.on(self.today)?))) {
            Some((tax, rate)) => {
                (line.percent, line.surcharge) = (rate.percent, rate.surcharge);
                line.exempt = tax.piece.exempt;
                key.clone_into(&mut line.tax);
            }
            None => said.add("tax", "quote-tax", key),
        }
    }
}

/// The book in which a line has no price, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PriceNote {
    pub book: String,
    pub why: OwnPrice,
}

/// Of each line of a draft that costs what its product says itself although there is a price book: why.
pub fn price_notes(
    app: &App,
    ctx: &Ctx,
    quote: &Quote,
    lines: &[QuoteLine],
) -> Result<Vec<Option<PriceNote>>, Error> {
    let company = quote.company.map(|id| app.store.get::<Company>(id)).transpose()?.flatten();
    let book = prices::book_of_quote(app, quote, company.as_ref()).filter(|_| quote.is_draft());
    let Some(book) = book else { return Ok(vec![None; lines.len()]) };
    let today = reports::today(ctx, &settings::get(app, ctx)?);
    let note = |line: &QuoteLine| -> Result<Option<PriceNote>, Error> {
        let Some(product) = line.product.map(|id| app.store.get::<Product>(id)).transpose()?.flatten() else {
            return Ok(None);
        };
        if product.unit_price != Some(line.unit_price) {
            return Ok(None);
        }
        let (id, currency) = (product.meta.id, quote.state.currency);
        let why = prices::why_own(app, id, &book, currency, line.quantity.abs(), today)?;
        Ok(why.map(|why| PriceNote { book: book.clone(), why }))
    };
    lines.iter().map(note).collect()
}

/// For how long a client is bound at least, as typed or as the product says: whole periods.
fn minimum(
    draft: &LineDraft,
    product: Option<&Product>,
    billing: Billing,
    said: &mut Said<'_>,
) -> Option<u16> {
    let typed = said.number("minimum_months", &draft.minimum_months);
    let Some(period) = billing.months() else {
        if typed.is_some_and(|months| !months.is_zero()) {
            said.add("minimum_months", "quote-term-once", "");
        }
        return None;
    };
    let is_left_open = draft.minimum_months.trim().is_empty();
    let of_product = product.and_then(|product| product.minimum_term).filter(|_| is_left_open);
    let months = billing.whole_periods(typed.or(of_product)?);
    if months.is_none() {
        said.add("minimum_months", "quote-term", period.to_string());
    }
    months
}

/// Problems of one line.
struct Said<'a> {
    place: usize,
    errors: &'a mut FieldErrors,
}

impl Said<'_> {
    fn add(&mut self, field: &str, code: &str, detail: impl Into<String>) {
        self.errors.add(&format!("lines.{}.{field}", self.place), code, detail);
    }

    fn number(&mut self, field: &str, text: &str) -> Option<Decimal> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        match parse_number(text) {
            Ok(number) => Some(number),
            Err(code) => {
                self.add(field, code, text);
                None
            }
        }
    }

    fn percent(&mut self, field: &str, text: &str) -> Decimal {
        let percent = self.number(field, text.trim().trim_end_matches('%')).unwrap_or_default();
        if percent.is_sign_negative() && !percent.is_zero() || percent > Decimal::ONE_HUNDRED {
            self.add(field, "number-between", "0–100");
            return Decimal::ZERO;
        }
        percent
    }

    fn one_of<T>(&mut self, field: &str, text: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let found = read(text);
        if found.is_none() {
            self.add(field, "choice", text);
        }
        found
    }
}

fn plain(text: &str) -> String {
    text.trim().replace("\r\n", "\n").replace('\0', "")
}

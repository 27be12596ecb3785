//! Quotes over the wire: their lines and sums, sending, versions and the answer, with all amounts for accounting.

use super::Topic;
use super::lead_wire::decimal;
use super::records::{RecordAnswer, answer};
use super::versions::Wanted;
use crate::errors::Fault;
use crate::here::Here;
use model::uuid::Uuid;
use model::{Billing, Invoice, Kind, Money, QuoteLine, QuoteSums};
use poem_openapi::param::{Header, Path};
use poem_openapi::payload::{Attachment, AttachmentType, Json};
use poem_openapi::{Object, OpenApi};
use services::imports::File;
use services::quotes::{self, Content, LineDraft, Said, Sending};

/// The operations on quotes, besides those of any record.
pub(crate) struct Quotes;

/// A line of a quote. What is left out is the product's.
#[derive(Object, Debug, Default)]
#[oai(skip_serializing_if_is_none, deny_unknown_fields)]
pub(crate) struct QuoteLineWire {
    /// `product` (usual), `section` or `text`.
    kind: Option<String>,
    /// What it says; of a product its name.
    text: Option<String>,
    /// A product by its id, code or name.
    product: Option<String>,
    /// Numbers with a point or a comma; 1 if nobody says.
    quantity: Option<String>,
    unit: Option<String>,
    /// Without tax.
    unit_price: Option<String>,
    /// What one costs us; only those who may change quotes or products see it, and no webhook says it.
    cost: Option<String>,
    /// Percent.
    discount: Option<String>,
    /// The key of a tax.
    tax: Option<String>,
    /// `once`, `monthly`, `quarterly`, `yearly`.
    billing: Option<String>,
    /// Months for which the client is bound at least, in whole periods; 0: none, whatever the product says.
    minimum_months: Option<u16>,
    optional: Option<bool>,
    /// An optional line that is in unless the client takes it out; of an accepted quote, whether it is in.
    ticked: Option<bool>,
    /// Only part of this alternative: `A`, `B` or `C`.
    alternative: Option<String>,
    /// The rate of its tax when the line was written, in percent. Read only.
    #[oai(read_only)]
    tax_percent: Option<String>,
    /// Whether it is exempt, which is not the same as a rate of nothing. Read only.
    #[oai(read_only)]
    exempt: Option<bool>,
    /// What it comes to, without tax. Read only.
    #[oai(read_only)]
    net: Option<String>,
    /// Of a draft: why its price is the product's own though there is a price book: `other_currency`, `not_in_force` or
    /// `not_in_book`. Read only.
    #[oai(read_only)]
    price_note: Option<String>,
}

/// What is due for one rate.
#[derive(Object)]
pub(crate) struct RateAmounts {
    tax: String,
    percent: String,
    /// No rate of nothing, but none.
    exempt: bool,
    base: String,
    amount: String,
    /// Recàrrec d'equivalència.
    surcharge: String,
}

/// One invoice: net − discount = base; base + tax + surcharge − withholding = total.
#[derive(Object)]
pub(crate) struct InvoiceAmounts {
    rates: Vec<RateAmounts>,
    net: String,
    discount: String,
    base: String,
    tax: String,
    surcharge: String,
    withholding: String,
    total: String,
}

/// What each month, quarter or year costs by itself.
#[derive(Object)]
pub(crate) struct PeriodAmounts {
    billing: String,
    amounts: InvoiceAmounts,
}

/// What a quote comes to.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct QuoteAmounts {
    /// Absent where there are no alternatives.
    alternative: Option<String>,
    first_payment: InvoiceAmounts,
    periods: Vec<PeriodAmounts>,
    /// All of the term.
    term: InvoiceAmounts,
}

/// How a quote was accepted.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct AcceptanceWire {
    name: String,
    at: String,
    address: Option<String>,
    /// Of the PDF that was accepted.
    pdf_sha256: String,
    alternative: Option<String>,
    /// Whether the signature was drawn; else the name was typed.
    drawn: bool,
}

/// All that a quote says.
#[derive(Object)]
#[oai(skip_serializing_if_is_none)]
pub(crate) struct QuoteContent {
    id: String,
    version: u64,
    number: Option<String>,
    status: String,
    currency: String,
    months: u16,
    lines: Vec<QuoteLineWire>,
    amounts: Vec<QuoteAmounts>,
    acceptance: Option<AcceptanceWire>,
    /// Path of the client's page while it opens.
    link: Option<String>,
}

/// Lines in place of those that a draft has.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct QuoteLinesPut {
    version: Option<u64>,
    lines: Vec<QuoteLineWire>,
}

/// How a quote is sent.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct QuoteSend {
    version: Option<u64>,
    /// The client's address; without it somebody hands over the link.
    email: Option<String>,
    /// Who else gets the letter: up to three addresses with commas between them.
    copies: Option<String>,
    /// To the client, before what the letter always says; up to 500 characters.
    message: Option<String>,
}

/// What a client said on paper or by phone.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct QuoteAccept {
    version: Option<u64>,
    /// Who accepted.
    name: String,
    /// One of those that are offered; only where there are some.
    alternative: Option<String>,
    /// The places of the optional lines that they want, from 0.
    #[oai(default)]
    ticked: Vec<u16>,
}

/// What a client said on paper or by phone.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct QuoteReject {
    version: Option<u64>,
    reason: Option<String>,
}

/// Whom something is tried out for: exactly one of them.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct SimulationFor {
    lead: Option<String>,
    company: Option<String>,
    contact: Option<String>,
    opportunity: Option<String>,
}

/// The scenario of a simulation that becomes a quote.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct ScenarioChosen {
    /// `A`, `B` or `C`; absent where there is but one.
    scenario: Option<String>,
}

/// What becomes of the client's link.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct QuoteLinkDeed {
    version: Option<u64>,
    /// Whether another link takes its place; else the quote has none.
    another: bool,
}

/// Which version of the record is meant.
#[derive(Object)]
#[oai(deny_unknown_fields)]
pub(crate) struct QuoteDeed {
    version: Option<u64>,
}

#[OpenApi(tag = "Topic::Records")]
impl Quotes {
    /// Read all that a quote says
    ///
    /// Its lines, what they come to by rate and period, and how it was accepted.
    #[oai(path = "/quotes/:id/content", method = "get", operation_id = "get_quote_content")]
    async fn content(&self, here: Here, id: Path<String>) -> Result<Json<QuoteContent>, Fault> {
        let id: Uuid = here.id(&id)?;
        here.deed(move |app, ctx| content(app, ctx, id)).await.map(Json)
    }

    /// Put the lines of a draft
    ///
    /// All of them, in their order; all that is wrong is said at once (422). The first lines give a quote its number.
    #[oai(path = "/quotes/:id/lines", method = "put", operation_id = "put_quote_lines")]
    async fn put_lines(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        sent: Json<QuoteLinesPut>,
    ) -> Result<RecordAnswer, Fault> {
        let id: Uuid = here.id(&id)?;
        let QuoteLinesPut { version, lines } = sent.0;
        let drafts: Vec<LineDraft> = lines.into_iter().map(draft).collect();
        changed(&here, id, if_match.0, version, move |app, ctx, version| {
            quotes::save_lines(app, ctx, id, version, &drafts)
        })
        .await
    }

    /// Send a quote
    ///
    /// Prints its PDF, opens the client's link and, with an address, sends a letter. One that is beyond what the caller may
    /// give waits for approval instead.
    #[oai(path = "/quotes/:id/send", method = "post", operation_id = "send_quote")]
    async fn send(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        sent: Json<QuoteSend>,
    ) -> Result<RecordAnswer, Fault> {
        let id: Uuid = here.id(&id)?;
        let QuoteSend { version, email, copies, message } = sent.0;
        let sending = Sending {
            email: email.unwrap_or_default(),
            copies: copies.unwrap_or_default(),
            message: message.unwrap_or_default(),
        };
        changed(&here, id, if_match.0, version, move |app, ctx, version| {
            quotes::send(app, ctx, id, version, &sending)
        })
        .await
    }

    /// Approve a quote that waits for it
    #[oai(path = "/quotes/:id/approve", method = "post", operation_id = "approve_quote")]
    async fn approve(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        sent: Json<QuoteDeed>,
    ) -> Result<RecordAnswer, Fault> {
        let id: Uuid = here.id(&id)?;
        changed(&here, id, if_match.0, sent.0.version, move |app, ctx, version| {
            quotes::approve(app, ctx, id, version)
        })
        .await
    }

    /// Void a quote
    #[oai(path = "/quotes/:id/void", method = "post", operation_id = "void_quote")]
    async fn void(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        sent: Json<QuoteDeed>,
    ) -> Result<RecordAnswer, Fault> {
        let id: Uuid = here.id(&id)?;
        changed(&here, id, if_match.0, sent.0.version, move |app, ctx, version| {
            quotes::void(app, ctx, id, version)
        })
        .await
    }

    /// Send a quote back to whoever wrote it
    ///
    /// One that waits for approval, or has it, is a draft again.
    #[oai(path = "/quotes/:id/send-back", method = "post", operation_id = "send_back_quote")]
    async fn send_back(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        sent: Json<QuoteDeed>,
    ) -> Result<RecordAnswer, Fault> {
        let id: Uuid = here.id(&id)?;
        changed(&here, id, if_match.0, sent.0.version, move |app, ctx, version| {
            quotes::send_back(app, ctx, id, version)
        })
        .await
    }

    /// Write down that a client accepted
    ///
    /// On paper or by phone. All that follows from an acceptance follows, once.
    #[oai(path = "/quotes/:id/accept", method = "post", operation_id = "accept_quote")]
    async fn accept(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        sent: Json<QuoteAccept>,
    ) -> Result<RecordAnswer, Fault> {
        let id: Uuid = here.id(&id)?;
        let QuoteAccept { version, name, alternative, ticked } = sent.0;
        let said = Said { name, alternative: alternative.unwrap_or_default(), ticked };
        changed(&here, id, if_match.0, version, move |app, ctx, version| {
            quotes::mark_accepted(app, ctx, id, version, &said)
        })
        .await
    }

    /// Write down that a client rejected
    ///
    /// On paper or by phone.
    #[oai(path = "/quotes/:id/reject", method = "post", operation_id = "reject_quote")]
    async fn reject(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        sent: Json<QuoteReject>,
    ) -> Result<RecordAnswer, Fault> {
        let id: Uuid = here.id(&id)?;
        let QuoteReject { version, reason } = sent.0;
        let reason = reason.unwrap_or_default();
        changed(&here, id, if_match.0, version, move |app, ctx, version| {
            quotes::mark_rejected(app, ctx, id, version, &reason)
        })
        .await
    }

    /// Withdraw the client's link, or put another in its place
    #[oai(path = "/quotes/:id/link", method = "post", operation_id = "change_quote_link")]
    async fn link(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        sent: Json<QuoteLinkDeed>,
    ) -> Result<RecordAnswer, Fault> {
        let id: Uuid = here.id(&id)?;
        let QuoteLinkDeed { version, another } = sent.0;
        changed(&here, id, if_match.0, version, move |app, ctx, version| {
            quotes::close_link(app, ctx, id, version, another)
        })
        .await
    }

    /// Begin a simulation
    ///
    /// For a lead, a company, a contact or an opportunity. It is a quote with the status `simulation`: it has lines and sums,
    /// no number, and cannot be sent.
    #[oai(path = "/simulations", method = "post", operation_id = "create_simulation")]
    async fn simulate(&self, here: Here, sent: Json<SimulationFor>) -> Result<RecordAnswer, Fault> {
        let (of, id) = about(&sent.0)?;
        let id: Uuid = here.id(&id)?;
        let made = here.deed(move |app, ctx| quotes::simulate(app, ctx, of, id)).await?;
        Ok(answer(Box::new(made)))
    }

    /// Open a simulation to whoever has its link
    #[oai(path = "/quotes/:id/share", method = "post", operation_id = "share_simulation")]
    async fn share(
        &self,
        here: Here,
        id: Path<String>,
        #[oai(name = "If-Match")] if_match: Header<Option<String>>,
        sent: Json<QuoteDeed>,
    ) -> Result<RecordAnswer, Fault> {
        let id: Uuid = here.id(&id)?;
        changed(&here, id, if_match.0, sent.0.version, move |app, ctx, version| {
            quotes::share(app, ctx, id, version)
        })
        .await
    }

    /// Make a quote of one scenario of a simulation
    ///
    /// A draft with a number; the simulation stays.
    #[oai(path = "/quotes/:id/quote", method = "post", operation_id = "quote_of_simulation")]
    async fn quote_of(
        &self,
        here: Here,
        id: Path<String>,
        sent: Json<ScenarioChosen>,
    ) -> Result<RecordAnswer, Fault> {
        let id: Uuid = here.id(&id)?;
        let scenario = sent.0.scenario.unwrap_or_default();
        let made = here.deed(move |app, ctx| quotes::quote_of(app, ctx, id, &scenario)).await?;
        Ok(answer(Box::new(made)))
    }

    /// Make the next version of a quote
    ///
    /// A draft with all that this one says. This one holds until that one is sent.
    #[oai(path = "/quotes/:id/new-version", method = "post", operation_id = "new_quote_version")]
    async fn new_version(&self, here: Here, id: Path<String>) -> Result<RecordAnswer, Fault> {
        let id: Uuid = here.id(&id)?;
        let next = here.deed(move |app, ctx| quotes::new_version(app, ctx, id)).await?;
        Ok(answer(Box::new(next)))
    }

    /// Download the PDF of a quote
    ///
    /// What was sent once it was sent; as it would be before.
    #[oai(path = "/quotes/:id/pdf", method = "get", operation_id = "get_quote_pdf")]
    async fn pdf(&self, here: Here, id: Path<String>) -> Result<Attachment<Vec<u8>>, Fault> {
        let id: Uuid = here.id(&id)?;
        let File { name, bytes, .. } = here.deed(move |app, ctx| quotes::pdf(app, ctx, id)).await?;
        Ok(Attachment::new(bytes).attachment_type(AttachmentType::Attachment).filename(name))
    }
}

/// The one record that a simulation is for. Problem code: `required`.
fn about(sent: &SimulationFor) -> Result<(Kind, String), services::Error> {
    let named = [
        (Kind::Lead, &sent.lead),
        (Kind::Company, &sent.company),
        (Kind::Contact, &sent.contact),
        (Kind::Opportunity, &sent.opportunity),
    ];
    let mut said = named.into_iter().filter_map(|(kind, id)| Some((kind, id.clone()?)));
    match (said.next(), said.next()) {
        (Some(one), None) => Ok(one),
        _ => Err(services::Error::invalid("company", "required", "")),
    }
}

/// A deed on a quote at the version that the caller saw.
async fn changed(
    here: &Here,
    id: Uuid,
    if_match: Option<String>,
    version: Option<u64>,
    deed: impl FnOnce(&services::App, &services::Ctx, u64) -> Result<model::Quote, services::Error>
    + Send
    + 'static,
) -> Result<RecordAnswer, Fault> {
    let wanted = Wanted::of(if_match.as_deref(), version)?;
    let done = here.deed(move |app, ctx| {
        let stored = quotes::get(app, ctx, id)?.meta.version;
        Ok(deed(app, ctx, wanted.version(stored)))
    });
    done.await?.map(|quote| answer(Box::new(quote))).map_err(|error| wanted.fault(error))
}

/// All that a quote says.
pub(super) fn content(
    app: &services::App,
    ctx: &services::Ctx,
    id: Uuid,
) -> Result<QuoteContent, services::Error> {
    let content = quotes::content(app, ctx, id)?;
    let link = quotes::address_of(app, ctx, &content.quote)?;
    let notes = quotes::price_notes(app, ctx, &content.quote, &content.lines)?;
    let mut shown = shown(content, link);
    for (line, note) in shown.lines.iter_mut().zip(notes) {
        line.price_note = note.map(|note| note.why.as_str().to_owned());
    }
    Ok(shown)
}

fn draft(line: QuoteLineWire) -> LineDraft {
    LineDraft {
        kind: line.kind.unwrap_or_default(),
        text: line.text.unwrap_or_default(),
        product: line.product.unwrap_or_default(),
        product_pick: String::new(),
        quantity: line.quantity.unwrap_or_default(),
        unit: line.unit.unwrap_or_default(),
        unit_price: line.unit_price.unwrap_or_default(),
        cost: line.cost.unwrap_or_default(),
        discount: line.discount.unwrap_or_default(),
        tax: line.tax.unwrap_or_default(),
        billing: line.billing.unwrap_or_default(),
        minimum_months: line.minimum_months.map(|months| months.to_string()).unwrap_or_default(),
        optional: line.optional.unwrap_or_default(),
        ticked: line.ticked.unwrap_or_default(),
        alternative: line.alternative.unwrap_or_default(),
    }
}

fn shown(content: Content, link: Option<String>) -> QuoteContent {
    let nets = content.main().map(|sums| sums.lines.clone()).unwrap_or_default();
    let lines = content.lines.iter().enumerate();
    let lines = lines.map(|(place, line)| line_shown(line, nets.get(place).map(|sum| sum.net))).collect();
    let accepted = content.quote.state.acceptance.as_ref();
    QuoteContent {
        id: content.quote.meta.id.to_string(),
        version: content.quote.meta.version,
        number: content.quote.full_number(),
        status: content.quote.status().to_owned(),
        currency: content.quote.state.currency.code().to_owned(),
        months: content.quote.terms(&content.lines).months,
        lines,
        amounts: content.sums.iter().map(|(name, sums)| amounts(name.clone(), sums)).collect(),
        acceptance: accepted.map(|accepted| AcceptanceWire {
            name: accepted.name.clone(),
            at: accepted.at.to_string(),
            address: accepted.address.clone(),
            pdf_sha256: accepted.pdf.clone(),
            alternative: accepted.alternative.clone(),
            drawn: accepted.signature.is_some(),
        }),
        link,
    }
}

pub(super) fn line_shown(line: &QuoteLine, net: Option<Money>) -> QuoteLineWire {
    let number = |number: model::Decimal| number.normalize().to_string();
    let priced = |text: String| line.is_priced().then_some(text);
    QuoteLineWire {
        kind: Some(line.kind.as_str().to_owned()),
        text: Some(line.text.clone()),
        product: line.product.map(|id| id.to_string()),
        quantity: priced(number(line.quantity)),
        unit: line.unit.clone(),
        unit_price: priced(number(line.unit_price)),
        cost: line.cost.map(number),
        discount: priced(number(line.discount)),
        tax: priced(line.tax.clone()),
        billing: priced(line.billing.as_str().to_owned()),
        minimum_months: line.minimum_months,
        optional: Some(line.optional).filter(|_| line.is_priced()),
        ticked: Some(line.ticked).filter(|_| line.optional),
        alternative: line.alternative.clone(),
        tax_percent: priced(number(line.percent)),
        exempt: Some(true).filter(|_| line.exempt),
        net: net.filter(|_| line.is_priced()).map(decimal),
        price_note: None,
    }
}

fn amounts(alternative: Option<String>, sums: &QuoteSums) -> QuoteAmounts {
    let period = |(billing, sum): &(Billing, Invoice)| PeriodAmounts {
        billing: billing.as_str().to_owned(),
        amounts: invoice(sum),
    };
    QuoteAmounts {
        alternative,
        first_payment: invoice(&sums.first),
        periods: sums.periods.iter().map(period).collect(),
        term: invoice(&sums.term),
    }
}

fn invoice(sum: &Invoice) -> InvoiceAmounts {
    let rate = |rate: &model::RateSum| RateAmounts {
        tax: rate.rate.tax.clone(),
        percent: rate.rate.percent.normalize().to_string(),
        exempt: rate.rate.exempt,
        base: decimal(rate.base),
        amount: decimal(rate.tax),
        surcharge: decimal(rate.surcharge),
    };
    InvoiceAmounts {
        rates: sum.rates.iter().map(rate).collect(),
        net: decimal(sum.net),
        discount: decimal(sum.discount),
        base: decimal(sum.base),
        tax: decimal(sum.tax),
        surcharge: decimal(sum.surcharge),
        withholding: decimal(sum.withholding),
        total: decimal(sum.total),
    }
}

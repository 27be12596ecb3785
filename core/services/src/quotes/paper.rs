//! A quote on paper: its data for the template, the PDF, and the one that was sent, which never changes.

use super::{Content, content};
use crate::imports::File;
use crate::{App, Ctx, Error, permissions, printing, settings};
use model::json::{Value, json};
use model::uuid::Uuid;
use model::{
    Action, Billing, Company, Contact, Decimal, Entity, Invoice, Kind, LineKind, Meta, Money, Quote,
    QuoteLine, QuoteSums, Settings, TaxKind, display_phone,
};
use print::Picture;

/// The name of the template.
pub const PAPER: &str = "quote";
/// A thousand lines with their texts stay far below.
const PDF_BYTES_MAX: u64 = 64 * 1024 * 1024;

/// The PDF of a quote: what was sent once it was sent, as it would be before.
pub fn pdf(app: &App, ctx: &Ctx, id: Uuid) -> Result<File, Error> {
    let content = content(app, ctx, id)?;
    if content.quote.state.pdf.is_some() {
        return kept(app, &content.quote);
    }
    let bytes = printed(app, ctx, &content)?;
    Ok(File { name: file_name(&content.quote), content_type: printing::PDF_TYPE, bytes })
}

/// The PDF that the client has.
pub(super) fn kept(app: &App, quote: &Quote) -> Result<File, Error> {
    let hash = quote.state.pdf.as_deref().ok_or(Error::NotFound)?;
    let bytes = app.documents.get(hash).map_err(Error::internal)?;
    Ok(File { name: file_name(quote), content_type: printing::PDF_TYPE, bytes })
}

/// Prints a quote and keeps the PDF; the answer is its SHA-256.
pub(super) fn keep(app: &App, ctx: &Ctx, content: &Content) -> Result<String, Error> {
    let bytes = printed(app, ctx, content)?;
    Ok(app.documents.put(bytes.as_slice(), PDF_BYTES_MAX).map_err(Error::internal)?.sha256)
}

fn file_name(quote: &Quote) -> String {
    let number = quote.full_number().unwrap_or_else(|| quote.status().to_owned());
    let plain: String = number
        .chars()
        .map(|letter| if letter.is_ascii_alphanumeric() || letter == '-' { letter } else { '-' })
        .collect();
    format!("{plain}.pdf")
}

fn printed(app: &App, ctx: &Ctx, content: &Content) -> Result<Vec<u8>, Error> {
    let settings = settings::get(app, ctx)?;
    let mut pictures = Vec::new();
    if let Some(logo) = &settings.logo
        && logo.kind != model::LogoKind::Webp
    {
        let bytes = app.documents.get(&logo.sha256).map_err(Error::internal)?;
        pictures.push(Picture { name: "logo".to_owned(), bytes });
    }
    let data = data(app, ctx, &settings, content, !pictures.is_empty())?;
    Ok(printing::print_anyhow(app, ctx, PAPER, &data, &pictures)?.bytes)
}

/// What the template reads: numbers as decimal texts, days as `YYYY-MM-DD`; the words are the template's own.
fn data(
    app: &App,
    ctx: &Ctx,
    settings: &Settings,
    content: &Content,
    has_logo: bool,
) -> Result<Value, Error> {
    let quote = &content.quote;
    let company = quote.company.map(|id| app.store.get::<Company>(id)).transpose()?.flatten();
    let contact = quote.contact.map(|id| app.store.get::<Contact>(id)).transpose()?.flatten();
    let owner = quote.common.owner.map(|owner| app.store.get::<model::User>(owner.0)).transpose()?.flatten();
    let at = quote.sent_at.unwrap_or(ctx.at);
    let day = at.to_zoned_datetime(settings.zone()).date();
    let sums: Vec<Value> = content.sums.iter().map(|(name, sums)| all(name.as_deref(), sums)).collect();
    Ok(json!({
        "language": quote.language().code(),
        "title": quote.title(),
        "logo": has_logo,
        "hue": settings.brand_hue,
        "seller": seller(settings, owner.as_ref()),
        "client": client(company.as_ref(), contact.as_ref()),
        "number": quote.full_number(),
        "simulation": quote.is_simulation(),
        "date": day.to_string(),
        "valid_until": quote.valid_until.map(|day| day.to_string()),
        "subject": quote.subject,
        "currency": quote.state.currency.code(),
        "symbol": quote.state.currency.symbol(),
        "regime": quote.tax_regime,
        "withholding": quote.withholding.map(plain),
        "igi": is_igi(app, &content.lines),
        "sales_tax": settings.sales_tax().map(TaxKind::as_str),
        "exemptions": exemptions(app, quote, &content.lines),
        "discount": quote.discount.filter(|percent| !percent.is_zero()).map(plain),
        "months": quote.terms(&content.lines).months,
        "payment_terms": quote.payment_terms,
        "conditions": quote.conditions,
        "lines": lines(content),
        "sums": sums,
    }))
}

/// Andorra's tax has a name of its own.
fn is_igi(app: &App, lines: &[QuoteLine]) -> bool {
    let frame = app.frame();
    let mut kinds = lines
        .iter()
        .filter(|line| line.is_priced())
        .filter_map(|line| Some(frame.taxes.get(&line.tax)?.piece.kind))
        .peekable();
    kinds.peek().is_some() && kinds.all(|kind| kind == TaxKind::Igi)
}

/// Why lines are exempt, each reason once.
fn exemptions(app: &App, quote: &Quote, lines: &[QuoteLine]) -> Vec<String> {
    let frame = app.frame();
    let mut reasons: Vec<String> = Vec::new();
    for line in lines.iter().filter(|line| line.exempt) {
        let tax = frame.taxes.get(&line.tax);
        let reason = tax.map(|tax| tax.piece.exemption.get(quote.language())).unwrap_or_default();
        if !reason.is_empty() && !reasons.iter().any(|other| other == reason) {
            reasons.push(reason.to_owned());
        }
    }
    reasons
}

/// What is wrong with the template that the company changed, by printing an example with all that a quote can have.
pub fn template_problems(app: &App, ctx: &Ctx) -> Result<Vec<String>, Error> {
    permissions::require_all(ctx, Kind::Settings, Action::See)?;
    let settings = settings::get(app, ctx)?;
    let mut quote = Quote::begin(Meta::new(ctx.new_id(), ctx.at, ctx.actor()));
    (quote.discount, quote.withholding) = (Some(Decimal::TEN), Some(Decimal::from(15)));
    (quote.payment_terms, quote.conditions) = (Some("1".to_owned()), Some("1".to_owned()));
    quote.tax_regime = Some("equivalence_surcharge".to_owned());
    let line = |kind: LineKind, billing: Billing| QuoteLine {
        kind,
        text: "1".to_owned(),
        quantity: Decimal::ONE,
        unit: Some("1".to_owned()),
        unit_price: Decimal::ONE_HUNDRED,
        discount: Decimal::TEN,
        percent: Decimal::from(21),
        surcharge: Some(Decimal::ONE),
        billing,
        minimum_months: Some(12),
        optional: true,
        ticked: true,
        alternative: Some("A".to_owned()),
        ..QuoteLine::default()
    };
    let lines = vec![
        line(LineKind::Section, Billing::Once),
        line(LineKind::Text, Billing::Once),
        line(LineKind::Product, Billing::Once),
        line(LineKind::Product, Billing::Monthly),
    ];
    let sums = super::all_sums(&quote, &lines)?;
    let data = data(app, ctx, &settings, &Content { quote, lines, sums }, false)?;
    Ok(printing::problems(app, ctx, PAPER, &data))
}

fn seller(settings: &Settings, owner: Option<&model::User>) -> Value {
    let name = if settings.legal_name.is_empty() { &settings.company_name } else { &settings.legal_name };
    let phone = if settings.phone.is_empty() { String::new() } else { display_phone(&settings.phone) };
    json!({
        "name": name, "tax_id": settings.tax_id, "address": settings.address, "postcode": settings.postcode,
        "town": settings.town, "country": settings.country, "phone": phone, "email": settings.email,
        "website": settings.website, "person": owner.map(|user| &user.name),
    })
}

fn client(company: Option<&Company>, contact: Option<&Contact>) -> Value {
    let name = company.map(|company| company.legal_name.clone().unwrap_or_else(|| company.title()));
    json!({
        "name": name,
        "person": contact.map(Entity::title),
        "tax_id": company.and_then(|company| company.tax_id.as_ref()),
        "address": company.and_then(|company| company.address.as_ref()),
        "postcode": company.and_then(|company| company.postcode.as_ref()),
        "town": company.and_then(|company| company.town.as_ref()),
        "country": company.and_then(|company| company.country.as_ref()),
    })
}

fn lines(content: &Content) -> Vec<Value> {
    // Line sums are the same in every alternative.
    let sums = content.main().map(|sums| sums.lines.as_slice()).unwrap_or_default();
    let of = |(place, line): (usize, &QuoteLine)| {
        json!({
            "kind": line.kind.as_str(), "text": line.text, "code": line.code,
            "quantity": plain(line.quantity), "unit": line.unit, "unit_price": plain(line.unit_price),
            "discount": Some(line.discount).filter(|percent| !percent.is_zero()).map(plain),
            "percent": plain(line.percent), "exempt": line.exempt, "billing": line.billing.as_str(),
            "minimum": line.minimum(),
            "optional": line.optional, "ticked": line.ticked, "alternative": line.alternative,
            "net": sums.get(place).map(|sum| amount(sum.net)),
        })
    };
    content.lines.iter().enumerate().map(of).collect()
}

fn all(name: Option<&str>, sums: &QuoteSums) -> Value {
    let periods: Vec<Value> = sums
        .periods
        .iter()
        .map(|(billing, sum)| json!({ "billing": billing.as_str(), "sum": invoice(sum) }))
        .collect();
    json!({ "alternative": name, "first": invoice(&sums.first), "periods": periods, "term": invoice(&sums.term) })
}

fn invoice(sum: &Invoice) -> Value {
    let rates: Vec<Value> = sum
        .rates
        .iter()
        .map(|rate| {
            json!({
                "percent": plain(rate.rate.percent), "exempt": rate.rate.exempt, "surcharge_percent": rate.rate.surcharge.map(plain),
                "base": amount(rate.base), "tax": amount(rate.tax), "surcharge": amount(rate.surcharge),
            })
        })
        .collect();
    json!({
        "rates": rates, "net": amount(sum.net), "discount": amount(sum.discount), "base": amount(sum.base),
        "tax": amount(sum.tax), "surcharge": amount(sum.surcharge), "withholding": amount(sum.withholding),
        "total": amount(sum.total),
    })
}

fn plain(number: Decimal) -> String {
    number.normalize().to_string()
}

/// With two decimals, as many as there are cents.
fn amount(money: Money) -> String {
    Decimal::new(money.minor_units, 2).to_string()
}

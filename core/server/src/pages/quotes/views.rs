//! From quotes as they are kept to quotes as pages show them.

use crate::pages::leads::views::Names;
use model::uuid::Uuid;
use model::{Action, FieldErrors, FieldKind, FieldValue, Fields as _, Quote, quote_status};
use services::quotes::{self, Content, Difference, Sending};
use services::{App, Ctx, Error, costs, links, mail_settings, permissions, settings};
use ui::Locale;
use ui::quotes::{AskedBy, DifferenceView, DifferencesPage, QuotePanel, SendPage};

/// What the page of a quote has besides that of any record.
pub(in crate::pages) fn panel(app: &App, ctx: &Ctx, id: Uuid) -> Result<QuotePanel, Error> {
    let content = quotes::content(app, ctx, id)?;
    let may_change = permissions::require_with_links(app, ctx, &content.quote, Action::Change).is_ok();
    let passed = if may_change { passed(ctx, &content)? } else { Vec::new() };
    let names = Names::read(app, ctx)?;
    let is_asked = may_change && content.quote.status() == quote_status::PENDING;
    let asked_by = if is_asked { asked_by(app, ctx, &names, &content)? } else { None };
    let Content { quote, lines, sums } = content;
    let origin = settings::get(app, ctx)?.mail.map(|mail| mail.link_address).unwrap_or_default();
    let link = quotes::address_of(app, ctx, &quote)?.map(|path| format!("{origin}{path}"));
    let versions = quotes::versions(app, ctx, id)?;
    let number =
        |quote: &Quote| quote.full_number().unwrap_or_else(|| format!("v{}", quote.version_number()));
    Ok(QuotePanel {
        months: quote.terms(&lines).months,
        link: link.filter(|_| quote.is_open() || quote.is_simulation() || quote.state.acceptance.is_some()),
        passed,
        asked_by,
        approved_by: quote.state.approval.as_ref().and_then(|approval| names.get(approval.by.0)),
        versions: versions
            .iter()
            .map(|quote| (quote.meta.id.to_string(), number(quote), quote.status().to_owned()))
            .collect(),
        may_change,
        may_create: quotes::may_create(ctx),
        sees_costs: costs::may_see(ctx, model::Kind::Quote),
        quote,
        lines,
        sums,
    })
}

fn passed(ctx: &Ctx, content: &Content) -> Result<Vec<(String, String)>, Error> {
    let found = quotes::limits_passed(&ctx.caller()?.role, content);
    Ok(found.into_iter().map(|(what, limit)| (what.to_owned(), limit)).collect())
}

/// Of what a quote earns only whoever may know what things cost is told.
fn asked_by(app: &App, ctx: &Ctx, names: &Names, content: &Content) -> Result<Option<AskedBy>, Error> {
    let Some(asking) = quotes::asking(app, content)? else { return Ok(None) };
    let sees_costs = costs::may_see(ctx, model::Kind::Quote);
    let shown = asking.passed.into_iter().filter(|(what, _)| sees_costs || *what == "discount");
    let passed = shown.map(|(what, limit)| (what.to_owned(), limit)).collect();
    Ok(names.get(asking.by.0).map(|name| AskedBy { name, passed }))
}

/// The page on which a quote is sent: as it begins, or as it was sent.
pub(super) fn sending(
    app: &App,
    ctx: &Ctx,
    id: Uuid,
    sent: Option<(Sending, FieldErrors)>,
) -> Result<SendPage, Error> {
    let content = quotes::content(app, ctx, id)?;
    permissions::require_with_links(app, ctx, &content.quote, Action::Change)?;
    let passed = passed(ctx, &content)?;
    let quote = content.quote;
    let (name, known) = quotes::client_of(app, ctx, &quote)?;
    // What was typed when its approval was asked for.
    let begun = || {
        let kept = &quote.state;
        let (email, copies) = (kept.sent_to.clone().unwrap_or(known), kept.copies.join(", "));
        let message = kept.message.clone().unwrap_or_default();
        (Sending { email, copies, message }, FieldErrors::default())
    };
    let (sending, errors) = sent.unwrap_or_else(begun);
    Ok(SendPage {
        version: quote.meta.version,
        client: name,
        email: sending.email,
        copies: sending.copies,
        message: sending.message,
        has_mail: mail_settings::is_set_up(app),
        passed,
        quote,
        errors,
    })
}

/// What a version says otherwise than the one before it; «not found» for the first.
pub(super) fn differences(app: &App, ctx: &Ctx, l: Locale<'_>, id: Uuid) -> Result<DifferencesPage, Error> {
    let (before, after, found) = quotes::differences(app, ctx, id)?.ok_or(Error::NotFound)?;
    let number =
        |quote: &Quote| quote.full_number().unwrap_or_else(|| format!("v{}", quote.version_number()));
    let value = |quote: &Quote, key: &'static str| text_of(app, ctx, l, quote, key);
    let mut shown = Vec::new();
    for one in found {
        shown.push(match one {
            Difference::Field(key) => DifferenceView::Field(
                ui::records::field_label(l, model::Kind::Quote, key),
                value(&before.quote, key)?,
                value(&after.quote, key)?,
            ),
            Difference::Added(line) => DifferenceView::Added(line),
            Difference::Removed(line) => DifferenceView::Removed(line),
            Difference::Changed(both) => DifferenceView::Changed(both),
        });
    }
    Ok(DifferencesPage {
        id: id.to_string(),
        before: number(&before.quote),
        after: number(&after.quote),
        currency: after.quote.state.currency,
        amounts: (before.quote.amount, after.quote.amount),
        totals: (before.quote.total, after.quote.total),
        found: shown,
    })
}

fn text_of(app: &App, ctx: &Ctx, l: Locale<'_>, quote: &Quote, key: &str) -> Result<String, Error> {
    let spec = Quote::SPECS.iter().find(|spec| spec.key == key);
    Ok(match (quote.value(key), spec) {
        (FieldValue::Record(id), Some(spec)) if spec.kind == FieldKind::Link => match spec.values {
            model::Values::Records(target) => links::name(app, ctx, target, id)?.unwrap_or_default(),
            _ => String::new(),
        },
        (FieldValue::Text(text), _) => text,
        (FieldValue::Day(day), _) => ui::format::date_short(day),
        (FieldValue::Number(number), _) => ui::format::decimal(l.language, &number.normalize().to_string()),
        (FieldValue::Codes(codes), _) => {
            let names = codes.iter().map(|code| ui::records::code_name(l, model::Kind::Quote, key, code));
            names.collect::<Vec<_>>().join(", ")
        }
        _ => String::new(),
    })
}

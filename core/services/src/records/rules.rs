//! What is particular to one entity when a record of it is made or changed.

use super::draft::texts_of;
use crate::documents::Hashes;
use crate::zones::Place;
use crate::{App, Ctx, Error, reports};
use model::uuid::Uuid;
use model::{
    Billing, Company, Contact, Decimal, Entity, FieldErrors, FieldKind, FieldValue, Frame, Kind, Opportunity,
    Product, Settings, StageKind,
};

/// All that rules look at besides the record.
pub(crate) struct Around<'a> {
    pub(crate) app: &'a App,
    pub(crate) ctx: &'a Ctx,
    pub(crate) frame: &'a Frame,
    pub(crate) settings: &'a Settings,
    /// Records that are made in the same write: the store does not know them yet.
    pub(crate) made: &'a [Uuid],
}

impl<'a> Around<'a> {
    /// The same with other settings.
    pub(crate) fn with(&self, settings: &'a Settings) -> Around<'a> {
        let Around { app, ctx, frame, made, .. } = *self;
        Around { app, ctx, frame, settings, made }
    }
}

/// The rules of an entity.
pub(crate) trait Rules: Entity {
    /// What is said where one cannot be deleted because others belong to it.
    const IN_USE: &'static str = "in-use";

    /// What an empty field begins with, as the company has set it up.
    fn propose(&mut self, _frame: &Frame) {}

    /// Whether somebody still has work with it: what is closed may stay with whoever closed it.
    fn is_open(&self) -> bool {
        true
    }

    /// Before one is deleted: what speaks against it, and what goes with it in the same write.
    fn before_deletion(_app: &App, _write: &mut store::Write, _record: &Self) -> Result<(), Error> {
        Ok(())
    }

    /// The files of one that is deleted: their bytes go where no other record names them.
    fn hashes(_app: &App, _record: &Self) -> Result<Hashes, Error> {
        Ok(Hashes::default())
    }

    /// What else is written with one that is changed, in the same write.
    fn with_change(
        _app: &App,
        _ctx: &Ctx,
        write: store::Write,
        _before: &Self,
        _after: &mut Self,
    ) -> Result<store::Write, Error> {
        Ok(write)
    }

    /// After everything typed was put in: what follows from it, and what is wrong with it.
    fn settle(
        &mut self,
        around: &Around<'_>,
        before: Option<&Self>,
        errors: &mut FieldErrors,
    ) -> Result<(), Error>;
}

impl Rules for Company {
    fn settle(
        &mut self,
        around: &Around<'_>,
        before: Option<&Company>,
        errors: &mut FieldErrors,
    ) -> Result<(), Error> {
        not_negative("employees", self.employees, errors);
        let place = |company: &Company| Place::new(&company.postcode, &company.country, &company.zone);
        let former = before.map(place).unwrap_or_default();
        self.zone = former.zone_after(&place(self), around.frame, around.settings);
        let is_client = |company: &Company| company.kind.as_deref() == Some("client");
        if is_client(self) && !before.is_some_and(is_client) && self.client_since.is_none() {
            self.client_since = Some(reports::today(around.ctx, around.settings));
        }
        let is_changed = before.is_none_or(|before| before.parent != self.parent);
        if let Some(parent) = self.parent.filter(|_| is_changed)
            && super::chain::is_above(around.app, self.meta.id, parent)?
        {
            errors.add("parent", "parent-circle", "");
        }
        Ok(())
    }
}

impl Rules for Contact {
    fn settle(
        &mut self,
        around: &Around<'_>,
        _before: Option<&Contact>,
        errors: &mut FieldErrors,
    ) -> Result<(), Error> {
        let is_said = |field| errors.of(field).is_some();
        if self.title().is_empty() && !is_said("given_name") && !is_said("family_name") {
            errors.add("given_name", "name-of-contact", "");
        }
        if self.birthday.is_some_and(|day| day > reports::today(around.ctx, around.settings)) {
            errors.add("birthday", "date-future", "");
        }
        Ok(())
    }
}

impl Rules for Opportunity {
    fn is_open(&self) -> bool {
        self.closed_at.is_none()
    }

    /// The first stage of the first pipeline.
    fn propose(&mut self, frame: &Frame) {
        if self.stage.is_none() {
            let open = |stage: &model::Stage| stage.kind == StageKind::Open;
            let first = model::stages_of(frame)
                .find(|(_, pipeline, stage)| !pipeline.archived && open(stage))
                .map(|(code, _, _)| code);
            self.stage = first;
        }
    }

    fn settle(
        &mut self,
        around: &Around<'_>,
        before: Option<&Opportunity>,
        errors: &mut FieldErrors,
    ) -> Result<(), Error> {
        if let Some(amount) = self.amount.filter(|amount| amount.minor_units < 0) {
            let typed = texts_of(FieldKind::Money, &FieldValue::Amount(amount.minor_units));
            errors.add("amount", "amount-range", typed.concat());
        }
        let percents = Decimal::ZERO..=Decimal::ONE_HUNDRED;
        if self.probability.is_some_and(|percent| !percents.contains(&percent)) {
            errors.add("probability", "number-between", "0–100");
        }
        check_rows(self, errors);
        let former = before.and_then(|before| before.stage.as_ref());
        if former == self.stage.as_ref() {
            let had_reason = before.is_some_and(|before| before.lost_reason.is_some());
            if had_reason
                && self.lost_reason.is_none()
                && kind_at(self, around.frame) == Some(StageKind::Lost)
            {
                errors.add("lost_reason", "required-at-stage", "");
            }
            return Ok(());
        }
        self.stage_since = Some(around.ctx.at);
        // A chance set by hand was meant for the stage it was set at.
        if before.is_some_and(|before| before.probability == self.probability) {
            self.probability = None;
        }
        enter(self, before, around, errors);
        Ok(())
    }
}

/// Nobody stands twice among those who decide, no product twice among what is wanted.
fn check_rows(opportunity: &Opportunity, errors: &mut FieldErrors) {
    let (people, products) = (&opportunity.contacts, &opportunity.products);
    for (place, one) in people.iter().enumerate() {
        if people.iter().take(place).any(|other| other.contact == one.contact) {
            errors.add(&format!("contacts.{place}.contact"), "contact-twice", "");
        }
    }
    for (place, one) in products.iter().enumerate() {
        let at = |part: &str| format!("products.{place}.{part}");
        if products.iter().take(place).any(|other| other.product == one.product) {
            errors.add(&at("product"), "component-twice", "");
        }
        if one.quantity <= Decimal::ZERO {
            errors.add(&at("quantity"), "component-quantity", one.quantity.to_string());
        }
    }
}

/// The kind of the stage that it is at.
fn kind_at(opportunity: &Opportunity, frame: &Frame) -> Option<StageKind> {
    opportunity.place(frame).map(|(_, stage)| stage.kind)
}

/// What coming to a stage asks for and brings about.
fn enter(
    opportunity: &mut Opportunity,
    before: Option<&Opportunity>,
    around: &Around<'_>,
    errors: &mut FieldErrors,
) {
    let Some((_, stage)) = opportunity.place(around.frame) else {
        return;
    };
    let is_lost = stage.kind == StageKind::Lost;
    let asked = stage.required.iter().map(String::as_str).chain(is_lost.then_some("lost_reason"));
    for field in asked {
        // One that was taken away since is asked for no more.
        if crate::fields::spec_of(around.frame, Kind::Opportunity, field).is_none() {
            continue;
        }
        let value = crate::fields::value_of(around.frame, opportunity, field);
        if value.is_nothing() && errors.of(field).is_none() {
            errors.add(field, "required-at-stage", "");
        }
    }
    if stage.kind == StageKind::Open {
        opportunity.closed_at = None;
        opportunity.lost_reason = None;
    } else {
        // What was lost and is won now was won now: the former day says when it was lost.
        let is_former_day = before.is_some_and(|before| {
            before.closed_at == opportunity.closed_at && kind_at(before, around.frame) != Some(stage.kind)
        });
        opportunity.closed_at = opportunity.closed_at.filter(|_| !is_former_day).or(Some(around.ctx.at));
        opportunity.probability = None;
        // What was won after all has no reason for having been lost.
        if stage.kind == StageKind::Won {
            opportunity.lost_reason = None;
        }
    }
}

impl Rules for Product {
    const IN_USE: &'static str = "product-in-use";

    fn settle(
        &mut self,
        around: &Around<'_>,
        before: Option<&Product>,
        errors: &mut FieldErrors,
    ) -> Result<(), Error> {
        let names = ["name_ca", "name_es", "name_en"];
        if self.title().is_empty() && !names.iter().any(|field| errors.of(field).is_some()) {
            errors.add("name_ca", "name-in-a-language", "");
        }
        not_negative("unit_price", self.unit_price, errors);
        not_negative("cost", self.cost, errors);
        not_negative("minimum_term", self.minimum_term, errors);
        if self.minimum_term.is_some_and(|months| !months.is_integer()) {
            errors.add("minimum_term", "number-whole", "");
        } else if before
            .is_none_or(|before| (before.minimum_term, &before.billing) != (self.minimum_term, &self.billing))
        {
            whole_periods(self, errors);
        }
        super::bundles::check(self, around, before, errors)
    }
}

/// What recurs is bound for whole periods. Problem code: `quote-term`.
fn whole_periods(product: &Product, errors: &mut FieldErrors) {
    let billing = product.billing.as_deref().and_then(Billing::from_code).unwrap_or_default();
    if let (Some(period), Some(months)) = (billing.months(), product.minimum_term)
        && errors.of("minimum_term").is_none()
        && billing.whole_periods(months).is_none()
    {
        errors.add("minimum_term", "quote-term", period.to_string());
    }
}

pub(super) fn not_negative(field: &str, number: Option<Decimal>, errors: &mut FieldErrors) {
    if number.is_some_and(|number| number.is_sign_negative() && !number.is_zero()) {
        errors.add(field, "number-range", "0");
    }
}

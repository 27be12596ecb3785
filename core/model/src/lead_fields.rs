//! The fields of a lead by their keys: what lists, filters, exports, saved views and conditions can name.

use crate::{FieldKind, FieldSpec, FieldValue, Fields, Kind, Lead, Values, lists};
use FieldKind::{
    Choice, Choices, Email, Instant, LongText, Money, Number, Phone, Team, Text, Url, User, YesNo,
};

const STATUSES: &[&str] =
    &["new", "assigned", "contacted", "nurturing", "qualified", "converted", "discarded"];

impl Fields for Lead {
    const ENTITY: Kind = Kind::Lead;

    /// In the order of the form, then what comes about by itself.
    const SPECS: &'static [FieldSpec] = &[
        FieldSpec::typed("name", Text),
        FieldSpec::typed("company", Text),
        FieldSpec::typed("tax_id", Text),
        FieldSpec::typed("industry", Text),
        FieldSpec::typed("phone", Phone),
        FieldSpec::typed("email", Email),
        FieldSpec::typed("website", Url),
        FieldSpec::typed("address", Text),
        FieldSpec::typed("postcode", Text),
        FieldSpec::typed("town", Text),
        FieldSpec::typed("zone", Text),
        FieldSpec::typed("country", Text),
        FieldSpec::typed("interest", Text),
        FieldSpec::typed("amount", Money),
        FieldSpec::typed("source", Choice).with(Values::List(lists::SOURCES)),
        FieldSpec::typed("campaign", Text),
        FieldSpec::typed("tags", Choices).with(Values::List(lists::TAGS)),
        FieldSpec::typed("external_key", Text),
        FieldSpec::typed("description", LongText),
        FieldSpec::kept("status", Choice).with(Values::Fixed(STATUSES)),
        FieldSpec::kept("discard_reason", Choice).with(Values::List(lists::DISCARD_REASONS)),
        FieldSpec::kept("owner", User),
        FieldSpec::kept("team", Team),
        // Reckoned by `services` whenever they are asked for: no record holds them.
        FieldSpec::kept(crate::SCORE, Number),
        FieldSpec::kept(crate::PROBABILITY, Number),
        FieldSpec::kept("consents", Choices).with(Values::List(lists::CONSENT_PURPOSES)),
        FieldSpec::kept("archived", YesNo),
        FieldSpec::kept("assigned_at", Instant),
        FieldSpec::kept("first_response_at", Instant),
        FieldSpec::kept("respond_by", Instant),
        FieldSpec::kept("answered_late", YesNo),
        FieldSpec::kept("accepted_at", Instant),
        FieldSpec::kept("snoozed_until", Instant),
        FieldSpec::kept("converted_at", Instant),
        FieldSpec::kept("created_at", Instant),
        FieldSpec::kept("updated_at", Instant),
    ];

    fn value(&self, key: &str) -> FieldValue {
        let instant = |at: Option<jiff::Timestamp>| at.map_or(FieldValue::Nothing, FieldValue::Instant);
        match key {
            "name" => FieldValue::text(&self.name),
            "company" => FieldValue::text(&self.company),
            "tax_id" => FieldValue::text(&self.tax_id),
            "industry" => FieldValue::text(&self.industry),
            "phone" => FieldValue::text(&self.phone),
            "email" => FieldValue::text(&self.email),
            "website" => FieldValue::text(&self.website),
            "address" => FieldValue::text(&self.address),
            "postcode" => FieldValue::text(&self.postcode),
            "town" => FieldValue::text(&self.town),
            "zone" => FieldValue::text(&self.zone),
            "country" => FieldValue::text(&self.country),
            "interest" => FieldValue::text(&self.interest),
            "amount" => {
                self.amount.map_or(FieldValue::Nothing, |amount| FieldValue::Amount(amount.minor_units))
            }
            "source" => FieldValue::code(self.source.as_ref().map(crate::Source::as_str)),
            "campaign" => FieldValue::text(&self.campaign),
            "tags" => FieldValue::Codes(self.tags.clone()),
            "consents" => FieldValue::Codes(self.consents.clone()),
            "archived" => FieldValue::Flag(self.archived),
            "external_key" => FieldValue::text(&self.external_key),
            "description" => FieldValue::text(&self.description),
            "status" => FieldValue::code(Some(self.status.as_str())),
            "discard_reason" => FieldValue::code(self.discard_reason.as_deref()),
            "owner" => self.owner.map_or(FieldValue::Nothing, FieldValue::User),
            "team" => self.team.map_or(FieldValue::Nothing, FieldValue::Team),
            "assigned_at" => instant(self.assigned_at),
            "first_response_at" => instant(self.first_response_at),
            "respond_by" => instant(self.response.map(|clock| clock.due)),
            // Nothing while nobody has answered: «due» says how that stands.
            "answered_late" => match (self.first_response_at, self.response) {
                (Some(at), Some(clock)) => FieldValue::Flag(clock.due < at),
                _ => FieldValue::Nothing,
            },
            "accepted_at" => instant(self.accepted.map(|acceptance| acceptance.at)),
            "snoozed_until" => instant(self.snooze.map(|snooze| snooze.until)),
            "converted_at" => instant(self.conversion.as_ref().map(|conversion| conversion.at)),
            "created_at" => FieldValue::Instant(self.meta.created_at),
            "updated_at" => FieldValue::Instant(self.meta.updated_at),
            _ => FieldValue::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Actor, LeadStatus, Meta};

    #[test]
    fn every_field_has_a_value_once_it_is_there() {
        let mut lead =
            Lead::new(Meta::new(uuid::Uuid::from_u128(1), jiff::Timestamp::UNIX_EPOCH, Actor::SYSTEM));
        assert_eq!(lead.value("name"), FieldValue::Nothing);
        assert_eq!(lead.value("no_such_field"), FieldValue::Nothing);
        lead.name = Some("Anna".into());
        lead.status = LeadStatus::Qualified;
        assert_eq!(lead.value("name"), FieldValue::Text("Anna".into()));
        assert_eq!(lead.value("status"), FieldValue::Codes(vec!["qualified".into()]));
        // What is stored and what can be asked for are the same fields.
        let stored = serde_json::to_value(&lead).unwrap();
        let unnamed = ["meta", "assignment", "conversion", "custom", "unique_fields"];
        for key in stored.as_object().unwrap().keys().filter(|key| !unnamed.contains(&key.as_str())) {
            assert!(Lead::SPECS.iter().any(|spec| spec.key == key), "{key} has no spec");
        }
        let codes: Vec<&str> = LeadStatus::ALL.iter().map(|status| status.as_str()).collect();
        assert_eq!(STATUSES, codes);
    }
}

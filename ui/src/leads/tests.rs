//! Lists, histories and reasons as text: what the reader is told.

use super::*;
use crate::{Shell, Theme};
use expect_test::{Expect, expect};
use model::jiff::Timestamp;
use model::jiff::tz::TimeZone;
use model::json::{Value as Json, json};
use model::uuid::Uuid;
use model::{
    Actor, Change, Currency, Deed, FieldErrors, Kind, Language, LeadSort, LeadStatus, Money, Source, UserId,
    Via,
};

fn shell(language: Language) -> Shell {
    Shell {
        language,
        words: Default::default(),
        theme: Theme::System,
        company: "Fusteria Casadevall".into(),
        user: None,
        path: "/leads".into(),
        query: String::new(),
        notice: None,
        notice_undo: None,
        as_of: None,
        now: "2026-11-23T16:05:00Z".parse().unwrap(),
        zone: TimeZone::UTC,
    }
}

const LAIA: Uuid = Uuid::from_u128(2);

fn name_of(id: Uuid) -> Option<String> {
    (id == LAIA).then(|| "Laia Batlle".to_owned())
}

/// A journal entry of a lead: fields with their former and present values.
fn change(deed: Deed, via: Via, before: Json, after: Json) -> Change {
    let map = |value: Json| value.as_object().cloned().unwrap_or_default();
    Change {
        seq: 9,
        at: "2026-11-23T15:53:00Z".parse().unwrap(),
        by: Actor { user: Some(UserId(LAIA)), via },
        request: String::new(),
        address: None,
        kind: Kind::Lead,
        id: Uuid::from_u128(1),
        version: 2,
        deed,
        about: Vec::new(),
        before: map(before),
        after: Some(after),
    }
}

/// The entry in Catalan as words: title, time, changes.
fn told(change: &Change, expected: &Expect) {
    let shell = shell(Language::Ca);
    let Some(event) = Event::of(Language::Ca, change, change.id, &name_of) else {
        return expected.assert_eq("nothing");
    };
    let entry = history::entry(&shell, &event);
    let mut lines = vec![format!("{} | {} | {}", entry.title, entry.when, entry.when_exactly)];
    lines.extend(entry.said.map(|said| format!("«{said}»")));
    lines.extend(
        entry.changes.iter().map(|(field, before, after)| format!("{field}: {before:?} -> {after:?}")),
    );
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn the_journal_becomes_a_history() {
    let created = json!({"owner": LAIA, "name": "Anna"});
    told(
        &change(Deed::Created, Via::Api(model::ApiKeyId(Uuid::nil())), Json::Null, created),
        &expect![
            "Laia Batlle ha creat el client potencial; responsable: Laia Batlle | fa 12 min | 23/11/2026 15:53 · per l’API"
        ],
    );
    told(
        &change(
            Deed::Updated,
            Via::Page,
            json!({"phone": null, "amount": {"minor_units": 980_000, "currency": "EUR"}, "source": "fair", "assigned_at": null}),
            json!({"phone": "+34972123456", "amount": {"minor_units": 1_240_000, "currency": "EUR"}, "source": "web"}),
        ),
        &expect![[r#"
            Laia Batlle n’ha canviat dades | fa 12 min | 23/11/2026 15:53
            Telèfon: Nothing -> Text("972 12 34 56")
            Import estimat: Text("9.800,00\u{a0}€") -> Text("12.400,00\u{a0}€")
            Origen: Text("Fira") -> Text("Web")"#]],
    );
    told(
        &change(
            Deed::Updated,
            Via::Page,
            json!({"status": "contacted", "discard_reason": null}),
            json!({"status": "discarded", "discard_reason": "No respon"}),
        ),
        &expect![[r#"
            Laia Batlle ha canviat l’estat: contactat → descartat | fa 12 min | 23/11/2026 15:53
            «No respon»"#]],
    );
    told(
        &change(
            Deed::Updated,
            Via::System,
            json!({"owner": null, "status": "new", "team": null}),
            json!({"owner": LAIA, "status": "assigned", "team": LAIA}),
        ),
        &expect!["Laia Batlle l’ha assignat a Laia Batlle | fa 12 min | 23/11/2026 15:53 · automàticament"],
    );
    told(
        &change(Deed::Updated, Via::Page, json!({"first_response_at": null}), json!({})),
        &expect!["nothing"],
    );
}

#[test]
fn addresses_of_lists_hold_filters_and_order() {
    let filters = LeadFilters {
        status: Some(LeadStatus::Contacted),
        owner: OwnerChoice::from_code("me"),
        source: Some(Source::SOCIAL_MEDIA),
        created_from: "2026-10-01".into(),
        created_to: String::new(),
        filter: "town:is:Sant Joan;amount:above:3".parse().unwrap(),
        columns: vec!["town".into(), "amount".into()],
        group: "owner".into(),
        sort: LeadSort::Name,
        ascending: true,
        ..Default::default()
    };
    let expected = expect![
        "/leads?status=contacted&owner=me&source=social_media&created_from=2026-10-01&filter=town%3Ais%3ASant%20Joan%3Bamount%3Aabove%3A3&columns=town%2Camount&group=owner&sort=name&direction=asc"
    ];
    expected.assert_eq(&filters.address("/leads").to_string());
    assert_eq!(LeadFilters::default().address("/leads").to_string(), "/leads");
}

fn one_line() -> ListPage {
    ListPage {
        filters: LeadFilters::default(),
        errors: FieldErrors::default(),
        views: Default::default(),
        people: Vec::new(),
        lines: vec![LeadLine {
            id: "7".into(),
            title: "Mas <Riera>".into(),
            person: Some("Núria Riera".into()),
            town: None,
            cells: vec![
                ListCell::Status(LeadStatus::New),
                ListCell::Text("Web".into()),
                ListCell::Money(Money { minor_units: 1_240_000, currency: Currency::Eur }),
                ListCell::Instant(Timestamp::UNIX_EPOCH),
            ],
        }],
        columns: [("status", "Estat"), ("source", "Origen"), ("amount", "Import"), ("created_at", "Creat")]
            .map(|(key, label)| ListColumn {
                key: key.into(),
                label: label.into(),
                is_number: matches!(key, "amount" | "created_at"),
            })
            .to_vec(),
        fields: Vec::new(),
        currency: Currency::Eur,
        groups: Vec::new(),
        is_whole: true,
        cursor: Some("01".into()),
        next: Some("02".into()),
        total: None,
        may: ListMay::default(),
        bulk: false,
        making: None,
    }
}

#[test]
fn the_next_page_for_htmx_is_rows_and_the_next_button() {
    let html = more_rows(&shell(Language::Ca), &one_line())
        .into_string()
        .replace(crate::assets::asset_url("icons.svg"), "icons.svg");
    expect![[r##"<tr class="lead"><th scope="row"><a href="/leads/7" data-focus-next>Mas &lt;Riera&gt;</a><span class="sub">Núria Riera</span></th><td data-l="Estat"><span class="tag info"><svg class="icon" aria-hidden="true" focusable="false"><use href="icons.svg#circle-dashed"></use></svg> nou</span></td><td data-l="Origen">Web</td><td class="num" data-l="Import">12.400,00 €</td><td class="num" data-l="Creat"><time datetime="1970-01-01T00:00:00Z" title="01/01/1970 00:00">01/01/1970</time></td></tr><hx-partial hx-target="#leads-more" hx-swap="outerHTML"><nav class="pager" id="leads-more" aria-label="Pàgines"><a class="btn quiet" href="/leads" rel="first"><svg class="icon" aria-hidden="true" focusable="false"><use href="icons.svg#arrow-up"></use></svg> Torna al principi</a><a class="btn" href="/leads?cursor=02" rel="next" data-hx-get="/leads?cursor=02" data-hx-target="main tbody" data-hx-swap="beforeend"><svg class="icon" aria-hidden="true" focusable="false"><use href="icons.svg#chevron-down"></use></svg> Mostra’n més</a></nav></hx-partial>"##]].assert_eq(&html);
}

/// The words of one decision, in each language.
fn why(decided: Decided, expected: &Expect) {
    let why = Why {
        at: Timestamp::UNIX_EPOCH,
        decided,
        reason: String::new(),
        candidates: 2,
        tried: Vec::new(),
        explained: Vec::new(),
    };
    let lines: Vec<String> = Language::ALL.into_iter().map(|language| why::decided(language, &why)).collect();
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn decisions_are_explained() {
    why(
        Decided::Plugin { name: "assign-by-territory".into(), version: "1.2.0".into() },
        &expect![[r#"
        Ho ha decidit l’extensió assign-by-territory 1.2.0.
        Lo ha decidido la extensión assign-by-territory 1.2.0.
        The plugin assign-by-territory 1.2.0 decided."#]],
    );
    why(
        Decided::Turn { team: "Girona".into(), turn: 1_204 },
        &expect![[r#"
        Li tocava per torns: torn 1.204 de l’equip «Girona».
        Le tocaba por turnos: turno 1.204 del equipo «Girona».
        It was their turn: turn 1,204 of the team “Girona”."#]],
    );
    why(
        Decided::Person { by: Some("Marta".into()) },
        &expect![[r#"
        Assignació a mà, feta per Marta.
        Asignación a mano, hecha por Marta.
        Assigned by hand by Marta."#]],
    );
    why(
        Decided::Person { by: None },
        &expect![[r#"
        Assignació feta a mà.
        Asignación hecha a mano.
        Assigned by hand."#]],
    );
    why(
        Decided::Import,
        &expect![[r#"
        Ho deia el fitxer d’una importació.
        Lo decía el archivo de una importación.
        The file of an import said so."#]],
    );
    why(
        Decided::Nobody,
        &expect![[r#"
        Ningú de l’equip no rebia clients potencials en aquell moment.
        Nadie del equipo recibía clientes potenciales en ese momento.
        Nobody in the team was taking leads at that moment."#]],
    );
}

/// Which label stands before the place, as far as it is known.
#[test]
fn a_postcode_alone_is_not_called_a_town() {
    for (postcode, town, expected) in [
        (Some("08001"), None, ["Codi postal", "08001"]),
        (Some("17800"), Some("Olot"), ["Població", "17800 Olot"]),
        (None, Some("Olot"), ["Població", "Olot"]),
    ] {
        let (postcode, town) = (postcode.map(str::to_owned), town.map(str::to_owned));
        let (key, value) = super::page::place(postcode.as_deref(), town.as_deref());
        assert_eq!([field_label(Language::Ca, key).as_str(), value.as_str()], expected);
    }
}

//! Documents of the demonstration company's clients: a contract in two versions, files and a link; one that ends soon and
//! one that has ended.

use crate::documents::{self, Upload};
use crate::records::{self, Draft};
use crate::{App, Ctx, Error, settings};
use model::jiff::civil::Date;
use model::jiff::{SignedDuration, Timestamp, ToSpan};
use model::uuid::Uuid;
use model::{Kind, Opportunity};

/// Clients that have documents: those of the latest deals.
const CLIENTS: usize = 3;

const CONTRACT: &str = "Contracte marc de subministrament i instal·lació\n\n\
    1. Objecte. Instal·lacions Montseny, SL subministra i instal·la el que consti a cada pressupost acceptat.\n\
    2. Preus. Els del pressupost, sense IVA.\n\
    3. Pagament. El 40 % en acceptar i la resta a seixanta dies del final de l’obra.\n\
    4. Garantia. Dos anys la instal·lació; els equips, la del fabricant.\n";
const CONTRACT_AGAIN: &str = "Contracte marc de subministrament i instal·lació\n\n\
    1. Objecte. Instal·lacions Montseny, SL subministra i instal·la el que consti a cada pressupost acceptat.\n\
    2. Preus. Els del pressupost, sense IVA.\n\
    3. Pagament. El 40 % en acceptar i la resta a trenta dies del final de l’obra.\n\
    4. Garantia. Tres anys la instal·lació; els equips, la del fabricant.\n";
const MEASURES: &str = "Coberta;Orientació;Llargada (m);Amplada (m);Inclinació (°)\n\
    Nau principal;Sud;24,5;9,2;12\nMagatzem;Sud-oest;12;7,8;15\nPorxo;Sud;8,4;3;5\n";
const MAINTENANCE: &str = "Contracte de manteniment\n\n\
    Una revisió l’any, amb neteja de filtres i comprovació de pressions.\n\
    Es renova cada any si cap de les dues parts no diu el contrari amb quinze dies d’antelació.\n";
const INSURANCE: &str = "Certificat d’assegurança de responsabilitat civil\n\n\
    Cobertura: un milió d’euros per sinistre. Franquícia: sis-cents euros.\n";
const PHOTOS: &str = "https://fotos.montseny.example/obres/coberta";

/// All of them, after the deals are there.
pub(super) fn make(app: &App, ctx: &Ctx, deals: &[Uuid], now: Timestamp) -> Result<(), Error> {
    let today = now.to_zoned_datetime(settings::get(app, ctx)?.zone()).date();
    let mut of = latest(app, deals)?.into_iter();
    if let Some(deal) = of.next() {
        contract(app, ctx, &deal, today.checked_add(1.year()).unwrap_or(today), now)?;
    }
    if let Some(deal) = of.next() {
        let ctx = ctx.at(deal.meta.created_at);
        let measures = draft(&deal, "Mides de les cobertes", "other");
        add(app, &ctx, measures, "mides.csv", MEASURES)?;
        let mut photos = client(&deal, "Fotografies de les cobertes", "other");
        photos.put("url", PHOTOS);
        records::create(app, &ctx, Kind::Document, &photos, None)?;
    }
    if let Some(deal) = of.next() {
        let ctx = ctx.at(deal.meta.created_at);
        let mut maintenance = client(&deal, "Contracte de manteniment", "contract");
        valid_until(&mut maintenance, today, 12);
        add(app, &ctx, maintenance, "manteniment.txt", MAINTENANCE)?;
        let mut insurance = draft(&deal, "Assegurança de l’obra", "other");
        valid_until(&mut insurance, today, -9);
        add(app, &ctx, insurance, "asseguranca.txt", INSURANCE)?;
    }
    Ok(())
}

/// The latest deals, each with another company.
fn latest(app: &App, deals: &[Uuid]) -> Result<Vec<Opportunity>, Error> {
    let mut found: Vec<Opportunity> = Vec::new();
    for deal in deals.iter().rev() {
        let deal = app.store.get::<Opportunity>(*deal)?.filter(|deal| deal.company.is_some());
        let further = deal.filter(|deal| found.iter().all(|other| other.company != deal.company));
        found.extend(further);
        if found.len() == CLIENTS {
            break;
        }
    }
    Ok(found)
}

/// A framework contract, and what became of it when the client asked for more.
fn contract(app: &App, ctx: &Ctx, deal: &Opportunity, until: Date, now: Timestamp) -> Result<(), Error> {
    let mut contract = client(deal, "Contracte marc", "contract");
    contract.put("valid_until", until.to_string());
    let at = deal.meta.created_at;
    let first = Upload { name: "contracte-marc.txt".to_owned(), bytes: CONTRACT.as_bytes().to_vec() };
    let made = documents::add(app, &ctx.at(at), &contract, &[first], None)?;
    let Some(made) = made.into_iter().next() else { return Ok(()) };
    let second =
        Upload { name: "contracte-marc-2.txt".to_owned(), bytes: CONTRACT_AGAIN.as_bytes().to_vec() };
    let then = ctx.at((at + SignedDuration::from_hours(3 * 24)).min(now));
    let note = "Pagament a trenta dies i tres anys de garantia";
    documents::add_version(app, &then, made.meta.id, made.meta.version, &second, note).map(|_| ())
}

/// Of the client and of the deal.
fn draft(deal: &Opportunity, title: &str, category: &str) -> Draft {
    let mut draft = client(deal, title, category);
    draft.put("opportunity", deal.meta.id.to_string());
    draft
}

/// Of the client alone.
fn client(deal: &Opportunity, title: &str, category: &str) -> Draft {
    let mut draft = Draft::default();
    draft.put("title", title);
    draft.put("category", category);
    draft.put("company", deal.company.map(|company| company.to_string()).unwrap_or_default());
    draft
}

fn valid_until(draft: &mut Draft, today: Date, days: i64) {
    let day = today.checked_add(days.days()).unwrap_or(today);
    draft.put("valid_until", day.to_string());
}

fn add(app: &App, ctx: &Ctx, draft: Draft, name: &str, text: &str) -> Result<(), Error> {
    let file = Upload { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    documents::add(app, ctx, &draft, &[file], None).map(|_| ())
}

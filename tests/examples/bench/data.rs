//! A company and as many leads as wanted: written through the rooms, deterministic, invented.

use crate::Place;
use anyhow::{Context as _, Result};
use model::jiff::{SignedDuration, Timestamp};
use model::uuid::Uuid;
use model::{
    Actor, Assignment, Currency, Decision, Language, Lead, LeadStatus, Meta, Money, Source, TeamId, UserId,
    Via,
};
use server::{Clock, Config};
use services::plugins;
use services::projectors::{self, Reading};
use services::users::UserDraft;
use services::{App, Ctx, Folders};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};
use store::{Store, Write};

const PASSWORD: &str = "una contrasenya llarga";
const REPS: [&str; 3] = ["laia", "jordi", "mercè"];
const TERRITORIES: &str = "17: rep0@exemple.cat\n08: rep1@exemple.cat\n25,43: rep2@exemple.cat";
/// Leads of one transaction: below the store's limit of operations.
const PORTION: usize = 400;
/// Threads that put writes together, which is more work than writing them.
const BUILDERS: usize = 3;
/// 1 December 2023: three years of leads follow.
const FIRST_SECOND: i64 = 1_701_428_400;
const SECONDS: i64 = 3 * 365 * 24 * 3600;

/// Who owns the leads, and how to come in.
pub(crate) struct Company {
    pub(crate) ctx: Ctx,
    pub(crate) team: TeamId,
    pub(crate) owners: Vec<UserId>,
    /// Of a session cookie.
    pub(crate) session: String,
    /// Of an API key.
    pub(crate) key: String,
    leads: usize,
    /// Whether all of its leads are converted or discarded.
    all_closed: bool,
}

impl Company {
    /// For a bare store, which knows nobody.
    pub(crate) fn imagined() -> Company {
        let clock = Clock::system();
        let ctx = clock.ctx(clock.now(), "bench", Language::Ca);
        Company {
            team: TeamId(ctx.new_id()),
            owners: REPS.map(|_| UserId(ctx.new_id())).to_vec(),
            session: String::new(),
            key: String::new(),
            leads: 100_000,
            all_closed: false,
            ctx,
        }
    }
}

/// The rooms as `tracte serve` opens them.
pub(crate) fn open(place: &Place, data: &Path) -> Result<App> {
    let mut config = Config::default();
    config.plugins.available_dir = place.plugins.clone();
    let mut options = server::options(&config);
    options.plugin_compiler = Some(place.tracte.clone());
    options.pdf_reader = options.plugin_compiler.clone();
    std::fs::create_dir_all(data)?;
    Ok(App::open(data, options)?)
}

/// A company with an administrator, three reps, the territory plugin and a key.
pub(crate) fn set_up(app: &App, leads: usize) -> Result<Company> {
    let clock = Clock::system();
    let ctx = clock.ctx(clock.now(), "bench", Language::Ca);
    let draft = services::setup::SetupDraft {
        company_name: "Exemple, SL".to_owned(),
        language: "ca".to_owned(),
        currency: "EUR".to_owned(),
        fiscal_year_start_month: "1".to_owned(),
        time_zone: "Europe/Madrid".to_owned(),
        country: "ES".to_owned(),
        admin_name: "Aina Admin".to_owned(),
        admin_email: "admin@exemple.cat".to_owned(),
        admin_password: PASSWORD.to_owned(),
    };
    let signed_in = services::setup::create_company(app, &ctx, &draft)?;
    let admin = signed_in.user;
    let caller = services::permissions::caller(app, admin.clone())?;
    let ctx = ctx.with_caller(caller, Via::Page);
    let team = *admin.teams.first().context("the administrator has a team")?;
    let mut owners = Vec::new();
    for (number, name) in REPS.iter().enumerate() {
        owners.push(services::users::create(app, &ctx, &rep(number, name, team))?.id());
    }
    territory_plugin(app, &ctx)?;
    let key = services::api_keys::ApiKeyDraft {
        name: "bench".to_owned(),
        user: admin.id().to_string(),
        role: admin.role.as_str().to_owned(),
    };
    let (_, key) = services::api_keys::create(app, &ctx, &key)?;
    Ok(Company { ctx, team, owners, session: signed_in.secret, key, leads, all_closed: false })
}

fn rep(number: usize, name: &str, team: TeamId) -> UserDraft {
    UserDraft {
        name: name.to_owned(),
        email: format!("rep{number}@exemple.cat"),
        role: "rep".to_owned(),
        teams: vec![team.to_string()],
        language: "ca".to_owned(),
        takes_leads: true,
        active: true,
        password: PASSWORD.to_owned(),
        ..UserDraft::default()
    }
}

fn territory_plugin(app: &App, ctx: &Ctx) -> Result<()> {
    let available = plugins::available(app, ctx)?;
    let territory = available.iter().find(|plugin| plugin.file_name.contains("territory"));
    let territory = territory.context("assign-by-territory is not in TRACTE_PLUGINS_AVAILABLE_DIR")?;
    let record = plugins::install_available(app, ctx, &territory.file_name)?;
    let config = [("territories".to_owned(), TERRITORIES.to_owned())].into();
    plugins::configure(app, ctx, record.id(), record.meta.version, &config, true)?;
    Ok(())
}

/// What making a data folder took.
pub(crate) struct Filled {
    pub(crate) company: Company,
    pub(crate) writing: Duration,
    pub(crate) search: Duration,
    pub(crate) analytics: Duration,
}

/// A data folder with a company and its leads, with search and reports up to date; closed again.
pub(crate) fn fill(place: &Place, data: &Path, leads: usize) -> Result<Filled> {
    let app = open(place, data)?;
    let company = set_up(&app, leads)?;
    filled(place, data, app, company)
}

/// The same with leads that are all converted or discarded.
pub(crate) fn fill_with_closed(place: &Place, data: &Path, leads: usize) -> Result<Filled> {
    let app = open(place, data)?;
    let company = Company { all_closed: true, ..set_up(&app, leads)? };
    filled(place, data, app, company)
}

fn filled(place: &Place, data: &Path, app: App, company: Company) -> Result<Filled> {
    // The store is opened by itself, so that leads need not pass through pages or files.
    drop(app);
    let store = Store::open(&Folders::in_data(data).store, store::Options::default())?;
    let begin = Instant::now();
    write_all(&store, &company)?;
    let writing = begin.elapsed();
    store.close();
    let app = open(place, data)?;
    let project = |reading| {
        let begin = Instant::now();
        let mut projector = projectors::projector(&app, reading)?;
        projectors::catch_up(&app, reading, projector.as_mut())?;
        anyhow::Ok(begin.elapsed())
    };
    let (search, analytics) = (project(Reading::Search)?, project(Reading::Analytics)?);
    Ok(Filled { company, writing, search, analytics })
}

fn write_all(store: &Store, company: &Company) -> Result<()> {
    thread::scope(|scope| {
        let threads: Vec<_> = (0..BUILDERS)
            .map(|builder| {
                scope.spawn(move || {
                    for first in (builder * PORTION..company.leads).step_by(BUILDERS * PORTION) {
                        write_portion(store, company, first)?;
                    }
                    anyhow::Ok(())
                })
            })
            .collect();
        for thread in threads {
            thread.join().ok().context("a builder of leads ended in a panic")??;
        }
        Ok(())
    })
}

fn write_portion(store: &Store, company: &Company, first: usize) -> Result<()> {
    let mut write = Write::new(company.ctx.at, Actor::SYSTEM, "bench");
    let mut open = vec![0; company.owners.len()];
    for number in first..(first + PORTION).min(company.leads) {
        let lead = lead(company, number);
        if lead.status.is_open() {
            open[number % company.owners.len()] += 1;
        }
        write.create(lead);
    }
    for (owner, amount) in company.owners.iter().zip(open) {
        write.add_to_counter(&open_counter(*owner), amount);
    }
    store.commit(write)?;
    Ok(())
}

/// As `services` names it: the open leads of a person.
pub(crate) fn open_counter(owner: UserId) -> String {
    format!("open-leads/{owner}")
}

const GIVEN: [&str; 8] = ["Marta", "Pere", "Anna", "Josep", "Àlex", "Júlia", "Lluís", "Eulàlia"];
const FAMILY: [&str; 8] = ["Ferrer", "Roca", "Vila", "Serra", "Farré", "Peñalver", "Muñoz", "Cabré"];
const TRADES: [&str; 8] =
    ["Forn", "Fusteria", "Òptica", "Tallers", "Instal·lacions", "Farmàcia", "Celler", "Impremta"];
const TOWNS: [(&str, &str); 8] = [
    ("08001", "Barcelona"),
    ("08500", "Vic"),
    ("17001", "Girona"),
    ("17600", "Figueres"),
    ("25001", "Lleida"),
    ("43001", "Tarragona"),
    ("43500", "Tortosa"),
    ("12500", "Vinaròs"),
];
const WISHES: [&str; 8] = [
    "Vol una visita abans de final de mes per mirar la teulada.",
    "Demana pressupost de plaques solars per a la nau nova.",
    "Ja és client d’un competidor; el contracte venç a l’estiu.",
    "Ens va conèixer a la fira i espera una trucada.",
    "Compara tres ofertes de manteniment anual.",
    "Necessita finançament i un punt de recàrrega.",
    "Prefereix que li escrivim en castellà.",
    "Només pot parlar als matins, abans de les onze.",
];

/// The lead of this number: spread over three years, owners in turns.
pub(crate) fn lead(company: &Company, number: usize) -> Lead {
    let roll = mix(number);
    let pick = |shift: u32| usize::try_from((roll >> shift) & 7).unwrap_or_default();
    let at = moment(number, company.leads);
    let id = company.ctx.at(at).new_id();
    let owner = company.owners.get(number % company.owners.len()).copied();
    let (postcode, town) = TOWNS[pick(0)];
    let mut lead = Lead::new(Meta::new(id, at, Actor::SYSTEM));
    lead.name = Some(format!("{} {}", GIVEN[pick(3)], FAMILY[pick(6)]));
    lead.company = Some(format!("{} {} {number}", TRADES[pick(9)], FAMILY[pick(12)]));
    lead.email = Some(format!("contacte{number}@exemple.cat"));
    lead.phone = Some(format!("+346{:08}", number % 100_000_000));
    lead.postcode = Some(postcode.to_owned());
    lead.town = Some(town.to_owned());
    lead.country = Some("ES".to_owned());
    lead.source = Some(Source::READY[pick(15)]);
    lead.interest = Some("Plaques solars".to_owned());
    lead.description = Some(WISHES[pick(18)].to_owned());
    let cents = i64::try_from((roll >> 24) & 0xF_FFFF).unwrap_or_default();
    lead.amount = Some(Money { minor_units: cents, currency: Currency::Eur });
    lead.status = [LeadStatus::Assigned, LeadStatus::Contacted, LeadStatus::Qualified, LeadStatus::Discarded]
        [pick(21) / 2];
    if company.all_closed {
        lead.status = [LeadStatus::Converted, LeadStatus::Discarded][pick(21) / 4];
    }
    lead.team = Some(company.team);
    lead.owner = owner;
    lead.assigned_at = Some(at);
    let turn = u64::try_from(number).unwrap_or_default() + 1;
    lead.assignment = Some(Assignment {
        at,
        decision: Decision::RoundRobin { team: company.team, turn },
        reason: String::new(),
        candidates: 4,
        tried: Vec::new(),
    });
    lead
}

fn moment(number: usize, leads: usize) -> Timestamp {
    let step = SECONDS / i64::try_from(leads.max(1)).unwrap_or(1);
    let seconds = step.saturating_mul(i64::try_from(number).unwrap_or_default()) % SECONDS;
    Timestamp::from_second(FIRST_SECOND).unwrap_or_default() + SignedDuration::from_secs(seconds)
}

/// SplitMix64's mixing (public domain, Sebastiano Vigna).
fn mix(number: usize) -> u64 {
    let mut mixed =
        u64::try_from(number).unwrap_or_default().wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The id at the end of a list entry's key.
pub(crate) fn id_of_entry(key: &[u8]) -> Option<Uuid> {
    Uuid::from_slice(key.get(key.len().checked_sub(16)?..)?).ok()
}

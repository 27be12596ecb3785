//! The demonstration company: Instal·lacions Montseny, three people, some hundreds of leads over three fiscal years, and
//! what became of them.
//! Deterministic: the same day gives the same company.

use crate::assignment::Round;
use crate::leads::{checked, count_open};
use crate::own_values::Making;
use crate::sessions::{self, SignedIn};
use crate::{App, Ctx, Error, Random, configuration, permissions, plugins, setup};
use model::jiff::{SignedDuration, Timestamp};
use model::uuid::Uuid;
use model::{
    Activity, Actor, Kind, Label, Language, Lead, LeadStatus, Meta, RoleKey, ScoringRule, Settings, Team,
    User, Via,
};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

mod assignment;
mod documents;
mod offers;
mod trade;
mod words;

/// Leads of the demonstration company.
pub const LEADS: u64 = 480;
/// About three years.
const DAYS: u64 = 1_090;
/// The password of all its people; printed on the set-up page and in the README.
pub const PASSWORD: &str = "tracte-demo";
const TERRITORIES: &str = "17: laia@demo.tracte.cat\n08: jordi@demo.tracte.cat\n25,43: nuria@demo.tracte.cat";

/// Fills an empty folder with the demonstration company and signs its administrator in.
pub fn load(app: &App, ctx: &Ctx) -> Result<SignedIn, Error> {
    if setup::is_done(app)? {
        return Err(Error::Denied);
    }
    let dice = Dice::new(20_261_123);
    let start = ctx.at - SignedDuration::from_hours(24 * i64::try_from(DAYS).unwrap_or_default());
    let ctx_then = Ctx::new(start, ctx.request.clone(), Language::Ca, dice.random());
    let people = company(app, &ctx_then)?;
    let admin = people.first().cloned().ok_or(Error::NotFound)?;
    let caller = permissions::caller(app, admin.clone())?;
    let ctx_then = ctx_then.with_caller(caller.clone(), Via::System);
    territory_plugin(app, &ctx_then)?;
    scoring_rules(app, &ctx_then)?;
    // Dice of their own: rules change who gets the leads, not who they are.
    let ruler = Ctx::new(start, ctx.request.clone(), Language::Ca, Dice::new(20_261_129).random());
    assignment::rules(app, &ruler.with_caller(caller.clone(), Via::System), &people)?;
    // Dice of their own: what becomes of the leads does not change who they are.
    let further = Dice::new(20_261_128);
    let trader = Ctx::new(start, ctx.request.clone(), Language::Ca, further.random());
    let mut trade = trade::Trade::new(app, trader.with_caller(caller.clone(), Via::System), further, ctx.at)?;
    leads(app, &ctx_then, &dice, &mut trade, ctx.at)?;
    let deals = trade.deals();
    // Dice of their own again.
    let further = Dice::new(20_261_130);
    let seller = Ctx::new(start, ctx.request.clone(), Language::Ca, further.random());
    offers::make(app, &seller.with_caller(caller.clone(), Via::System), &further, &deals, ctx.at)?;
    // And again.
    let filer = Ctx::new(start, ctx.request.clone(), Language::Ca, Dice::new(20_261_201).random());
    documents::make(app, &filer.with_caller(caller.clone(), Via::System), &deals, ctx.at)?;
    sessions::begin(app, &ctx.clone().with_caller(caller, Via::Page), admin)
}

fn company(app: &App, ctx: &Ctx) -> Result<Vec<User>, Error> {
    let meta = |id: Uuid| Meta::new(id, ctx.at, Actor::SYSTEM);
    let team = Team::new(meta(ctx.new_id()), "Equip comercial");
    let settings = Settings {
        legal_name: "Instal·lacions Montseny, SL".to_owned(),
        tax_id: "B58818501".to_owned(),
        address: "Carrer Major, 12".to_owned(),
        postcode: "08470".to_owned(),
        town: "Sant Celoni".to_owned(),
        phone: "+34938670000".to_owned(),
        email: "hola@montseny.example".to_owned(),
        website: "https://montseny.example".to_owned(),
        first_response_hours: Some(4),
        ..Settings::new(meta(Settings::ID), "Instal·lacions Montseny", team.id())
    };
    let password_hash = sessions::hash_password(ctx, PASSWORD)?;
    let person = |name: &str, email: &str, role: &str, takes_leads: bool| User {
        name: name.to_owned(),
        email: email.to_owned(),
        password_hash: password_hash.clone(),
        role: RoleKey::new(role),
        teams: vec![team.id()],
        language: Language::Ca,
        takes_leads,
        active: true,
        ..User::new(meta(ctx.new_id()))
    };
    let people = vec![
        person("Núria Soler", "nuria@demo.tracte.cat", RoleKey::ADMINISTRATOR, true),
        person("Jordi Vidal", "jordi@demo.tracte.cat", RoleKey::MANAGER, true),
        person("Laia Puig", "laia@demo.tracte.cat", RoleKey::REP, true),
    ];
    let mut write = ctx.write();
    write.create(settings);
    write.create(team);
    for user in &people {
        write.create(user.clone());
    }
    app.commit_configuration(write)?;
    Ok(people)
}

/// The territory plugin, where it was built.
fn territory_plugin(app: &App, ctx: &Ctx) -> Result<(), Error> {
    let available = plugins::available(app, ctx)?;
    let Some(plugin) = available.iter().find(|plugin| plugin.file_name.contains("territory")) else {
        return Ok(());
    };
    let record = plugins::install_available(app, ctx, &plugin.file_name)?;
    let config = [("territories".to_owned(), TERRITORIES.to_owned())].into();
    plugins::configure(app, ctx, record.id(), record.meta.version, &config, true).map(|_| ())
}

/// Points for leads: what a company of this trade begins with.
fn scoring_rules(app: &App, ctx: &Ctx) -> Result<(), Error> {
    for (key, labels, conditions, points) in words::SCORING_RULES {
        let conditions = conditions.parse().map_err(Error::Invalid)?;
        let label = Label::new(labels[0], labels[1], labels[2]);
        let rule = ScoringRule { label, conditions, points, ..ScoringRule::default() };
        configuration::create(app, ctx, key, rule)?;
    }
    Ok(())
}

fn leads(
    app: &App,
    ctx: &Ctx,
    dice: &Dice,
    trade: &mut trade::Trade<'_>,
    now: Timestamp,
) -> Result<(), Error> {
    let settings = crate::settings::get(app, ctx)?;
    let mut moments: Vec<Timestamp> = (0..LEADS).map(|_| moment(dice, ctx.at)).collect();
    moments.sort();
    moments.retain(|moment| *moment < now);
    for at in moments {
        trade.until(at)?;
        // One write each, so that the journal has the invented dates.
        let then = ctx.at(at);
        let mut lead = Lead::new(Meta::new(then.new_id(), at, then.actor()));
        crate::error::none_of(checked(app, ctx, &words::draft(dice), &mut lead, &settings, Making::New)?)?;
        let id = lead.meta.id;
        let round = Round::prepare(app, &then, settings.clone())?;
        let choice = round.choose(app, &then, &lead)?;
        let mut write = then.write();
        round.place(&then, &mut write, vec![(lead, choice)]);
        app.commit(write)?;
        round.settle(app, &then);
        work_on(app, &then, dice, trade, id, now)?;
    }
    trade.until(now)
}

/// What became of a lead: older ones are further.
fn work_on(
    app: &App,
    ctx: &Ctx,
    dice: &Dice,
    trade: &mut trade::Trade<'_>,
    id: Uuid,
    now: Timestamp,
) -> Result<(), Error> {
    let later = ctx.at((ctx.at + SignedDuration::from_mins(30 + i64::from(dice.below(3_000)))).min(now));
    let Some(before) = app.store.get::<Lead>(id)? else {
        return Ok(());
    };
    let mut after = before.clone();
    after.status = words::status(dice, now.duration_since(before.meta.created_at).as_hours() / 24);
    if after.status == LeadStatus::Assigned {
        return Ok(());
    }
    crate::leads::answer(&mut after, later.at);
    if after.status == LeadStatus::Discarded {
        after.discard_reason = Some(words::discard_reason(dice).to_owned());
    }
    let mut write = later.write();
    if dice.below(3) == 0 {
        write.create(note(&later, &before, words::note(dice)));
    }
    trade.follow(&mut write, &later, &after);
    count_open(&mut write, Some(&before), Some(&after));
    write.update(&before, after);
    app.commit(write).map(|_| ())
}

fn note(ctx: &Ctx, lead: &Lead, text: &str) -> Activity {
    let meta = Meta::new(ctx.new_id(), ctx.at, Actor { user: lead.owner, via: Via::Page });
    Activity::note(meta, Kind::Lead, lead.meta.id, text.to_owned())
}

/// A working hour of a working day; the company grows a little every year.
fn moment(dice: &Dice, start: Timestamp) -> Timestamp {
    let days = u64::from(dice.below(u32::try_from(DAYS).unwrap_or(u32::MAX)));
    let also = u64::from(dice.below(u32::try_from(DAYS).unwrap_or(u32::MAX)));
    // Of two days the later one, every third time.
    let day = if dice.below(3) == 0 { days.max(also) } else { days };
    let hours = i64::try_from(day * 24).unwrap_or_default() + i64::from(dice.below(9)) + 8;
    start + SignedDuration::from_hours(hours) + SignedDuration::from_mins(i64::from(dice.below(60)))
}

/// Small deterministic randomness (SplitMix64, public domain, Sebastiano Vigna).
pub(crate) struct Dice(Arc<AtomicU64>);

impl Dice {
    fn new(seed: u64) -> Dice {
        Dice(Arc::new(AtomicU64::new(seed)))
    }

    pub(crate) fn below(&self, bound: u32) -> u32 {
        u32::try_from(next(&self.0) % u64::from(bound.max(1))).unwrap_or_default()
    }

    pub(crate) fn pick<'a, T>(&self, all: &'a [T]) -> Option<&'a T> {
        let place = self.below(u32::try_from(all.len()).unwrap_or(u32::MAX));
        all.get(usize::try_from(place).ok()?)
    }

    fn random(&self) -> Random {
        let state = Arc::clone(&self.0);
        Arc::new(move |bytes: &mut [u8]| {
            for chunk in bytes.chunks_mut(8) {
                let number = next(&state).to_be_bytes();
                chunk.copy_from_slice(&number[..chunk.len()]);
            }
        })
    }
}

fn next(state: &AtomicU64) -> u64 {
    const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut mixed = state.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

//! Letters on their way: each is a record that says what it is about; it is put together, with a fresh secret where it
//! holds a link, at the moment it goes. Sent at least once; a failure is tried again later and later.

use crate::{App, Ctx, Error, invitations, mail_settings, permissions, quotes, web_forms};
use model::jiff::civil::Date;
use model::jiff::tz::TimeZone;
use model::jiff::{SignedDuration, Timestamp};
use model::uuid::Uuid;
use model::{
    Actor, Language, Lead, Letter, LetterAbout, LetterFailure, LetterId, LetterState, Meta, RefusedCopy,
    Settings, User, UserId, Webhook,
};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Minutes until the next attempt: soon at first, for servers that greylist; then for those that are down a weekend.
const RETRY_MINUTES: [i64; 8] = [1, 5, 15, 60, 240, 720, 1_440, 1_440];
/// Letters that wait at once: a company of fifty has never so many.
pub const QUEUED_MAX: usize = 500;
/// Letters of one round; the others wait for the next.
const ROUND_MAX: usize = 20;
/// What the page shows, and how many that are over are kept.
pub const LETTERS_KEPT: usize = 100;
/// A link for a forgotten password that comes the day after puzzles more than it helps.
const RESET_LATEST: SignedDuration = SignedDuration::from_hours(2);
/// Looking for work, and for the order to stop.
const WAIT: Duration = Duration::from_millis(500);

/// What a letter tells, for whoever puts it into words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    pub topic: Topic,
    pub language: Language,
    /// Whom it goes to.
    pub name: String,
    pub email: String,
    /// Addresses that get the same letter.
    pub copies: Vec<String>,
    pub company: String,
    pub zone: TimeZone,
    /// What goes along.
    pub attachments: Vec<mail::Attachment>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Only to see whether it arrives.
    Test,
    /// A link with which they choose a password.
    Link { about: LetterAbout, address: String, expires_at: Timestamp },
    /// A link with which somebody says that they sent a web form.
    Confirmation { address: String, expires_at: Timestamp },
    /// A lead that came in by a web form.
    NewLead { campaign: String, address: String },
    /// Nobody had answered a lead in time: it went to somebody else, or came from somebody else.
    LeadMoved { about: LetterAbout, title: String, address: String },
    /// A webhook was switched off: it had been failing since then.
    WebhookOff { name: String, since: Timestamp, address: String },
    /// A quote: sent to a client, or answered by one.
    Quote {
        about: LetterAbout,
        number: String,
        subject: String,
        client: String,
        /// The last day on which it can be accepted.
        valid_until: Option<Date>,
        /// What whoever sends it writes in their own words.
        message: Option<String>,
        address: String,
    },
}

/// A letter in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub subject: String,
    pub text: String,
}

/// Puts letters into words: pages know them, services do not.
pub trait Words: Send + Sync {
    fn write(&self, facts: &Facts) -> Written;
}

impl Facts {
    pub(crate) fn test(settings: &Settings, user: &User) -> Facts {
        Facts::of(settings, user, Topic::Test)
    }

    fn of(settings: &Settings, user: &User, topic: Topic) -> Facts {
        Facts {
            topic,
            language: user.language,
            name: user.name.clone(),
            email: user.email.clone(),
            copies: Vec::new(),
            company: settings.company_name.clone(),
            zone: user.zone(&settings.zone()),
            attachments: Vec::new(),
        }
    }

    /// As the room of mail takes it.
    pub(crate) fn letter(
        &self,
        settings: &Settings,
        ctx: &Ctx,
        id: Uuid,
        words: &dyn Words,
    ) -> Result<mail::Letter, Error> {
        let server = settings.mail.as_ref().ok_or_else(|| Error::invalid("", "mail-none", ""))?;
        let Written { subject, text } = words.write(self);
        let host = server.from_email.rsplit('@').next().unwrap_or_default();
        let reply_to = Some(&server.reply_to).filter(|address| !address.is_empty());
        Ok(mail::Letter {
            id: format!("{id}@{host}"),
            written_at: ctx.at,
            from: mail::Mailbox { name: server.from_name.clone(), email: server.from_email.clone() },
            reply_to: reply_to.map(|email| mail::Mailbox { name: String::new(), email: email.clone() }),
            to: mail::Mailbox { name: self.name.clone(), email: self.email.clone() },
            cc: self
                .copies
                .iter()
                .map(|email| mail::Mailbox { name: String::new(), email: email.clone() })
                .collect(),
            subject,
            text,
            html: None,
            attachments: self.attachments.clone(),
        })
    }
}

/// Puts a letter into the queue, together with whatever else the write does. `false` where no mail server is set up or
/// too many wait already: then nothing goes out.
pub(crate) fn put(
    app: &App,
    ctx: &Ctx,
    write: &mut store::Write,
    about: LetterAbout,
    to: Option<UserId>,
) -> Result<bool, Error> {
    put_about(app, ctx, write, about, to, None)
}

/// The same about a record.
pub(crate) fn put_about(
    app: &App,
    ctx: &Ctx,
    write: &mut store::Write,
    about: LetterAbout,
    to: Option<UserId>,
    record: Option<Uuid>,
) -> Result<bool, Error> {
    if !takes_letters(app)? {
        return Ok(false);
    }
    write.create(letter(ctx.new_id(), ctx.at, &ctx.actor(), about, to, record));
    Ok(true)
}

/// Whether letters go out, and not too many wait.
pub(crate) fn takes_letters(app: &App) -> Result<bool, Error> {
    Ok(mail_settings::is_set_up(app)
        && app.store.members::<Letter>(Letter::QUEUED, QUEUED_MAX)?.len() < QUEUED_MAX)
}

/// A letter that waits: for those who find out whom it goes to inside the writer.
pub(crate) fn letter(
    id: Uuid,
    at: Timestamp,
    by: &Actor,
    about: LetterAbout,
    to: Option<UserId>,
    record: impl Into<Option<Uuid>>,
) -> Letter {
    Letter {
        meta: Meta::new(id, at, by.clone()),
        about,
        to,
        record: record.into(),
        state: LetterState::Queued,
        attempts: 0,
        due_at: at,
        failure: None,
        sent_at: None,
        refused_copies: Vec::new(),
    }
}

/// A letter of the list, and whom it goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    pub letter: Letter,
    pub name: String,
    pub email: String,
}

/// The letters that wait and those that are over, the newest first; for administrators.
pub fn list(app: &App, ctx: &Ctx) -> Result<Vec<Listed>, Error> {
    permissions::require_administrator(ctx)?;
    let mut letters: Vec<Letter> = app.store.members(Uuid::nil(), QUEUED_MAX + LETTERS_KEPT)?;
    letters.retain(|letter| letter.to.is_some() || letter.record.is_some());
    letters.sort_by_key(|letter| std::cmp::Reverse(letter.meta.id));
    letters.truncate(LETTERS_KEPT);
    let mut listed = Vec::with_capacity(letters.len());
    for letter in letters {
        let user = letter.to.map(|user| app.store.get::<User>(user.0)).transpose()?.flatten();
        let (name, email) = match (user, web_forms::told_about(app, &letter)?) {
            (Some(user), _) => (user.name, user.email),
            (None, Some(confirmable)) => (confirmable.name, confirmable.email),
            (None, None) => quotes::letters::client_of(app, &letter)?.unwrap_or_default(),
        };
        listed.push(Listed { letter, name, email });
    }
    Ok(listed)
}

/// Sends a letter once more, from the beginning of its delays. One that was sent stays as it is.
pub fn try_again(app: &App, ctx: &Ctx, id: LetterId) -> Result<Letter, Error> {
    change(app, ctx, id, |letter| {
        if letter.state != LetterState::Sent {
            letter.state = LetterState::Queued;
            letter.attempts = 0;
            letter.due_at = ctx.at;
        }
    })
}

/// Lets a letter be. One that was sent stays as it is.
pub fn give_up(app: &App, ctx: &Ctx, id: LetterId) -> Result<Letter, Error> {
    change(app, ctx, id, |letter| {
        if letter.state != LetterState::Sent {
            letter.state = LetterState::GivenUp;
        }
    })
}

fn change(app: &App, ctx: &Ctx, id: LetterId, deed: impl Fn(&mut Letter)) -> Result<Letter, Error> {
    permissions::require_administrator(ctx)?;
    app.settle(ctx, id.0, deed)?.ok_or(Error::NotFound)
}

/// Sends letters until told to stop. `ctx_now` makes the circumstances of a round; failures of the machine go to
/// `report`.
pub fn run_worker(
    app: &App,
    ctx_now: &dyn Fn() -> Ctx,
    words: &dyn Words,
    stop: &AtomicBool,
    report: &dyn Fn(&Error),
) {
    while !stop.load(Ordering::Acquire) {
        match round(app, &ctx_now(), words, stop) {
            Ok(0) => {
                app.store.wait_past(u64::MAX, WAIT);
            }
            Ok(_) => {}
            Err(error) => {
                report(&error);
                app.store.wait_past(u64::MAX, WAIT);
            }
        }
    }
}

/// Of what went wrong with a letter.
const SAID_CHARACTERS_MAX: usize = 300;

/// One attempt for each letter that is due, up to [`ROUND_MAX`]. How many there were.
pub fn round(app: &App, ctx: &Ctx, words: &dyn Words, stop: &AtomicBool) -> Result<usize, Error> {
    let Some((settings, server)) = mail_settings::server(app)? else {
        return Ok(0);
    };
    let mut due: Vec<Letter> = app.store.members(Letter::QUEUED, QUEUED_MAX)?;
    due.retain(|letter| letter.due_at <= ctx.at);
    due.truncate(ROUND_MAX);
    let mut failed = None;
    for letter in &due {
        if stop.load(Ordering::Acquire) {
            break;
        }
        // One that cannot be put together must not keep the others from going.
        if let Err(error) = attempt(app, ctx, &settings, &server, letter, words) {
            let put_off = |letter: &mut Letter| not_made(letter, ctx.at, &error);
            app.settle(ctx, letter.meta.id, put_off)?;
            failed = Some(error);
        }
    }
    if let Some(error) = failed {
        return Err(error);
    }
    if !due.is_empty() {
        forget_old(app, ctx)?;
    }
    Ok(due.len())
}

/// What belongs to it is missing or damaged here: it is tried again as one that a server does not take yet.
fn not_made(letter: &mut Letter, at: Timestamp, error: &Error) {
    let said: String = error.to_string().chars().take(SAID_CHARACTERS_MAX).collect();
    letter.attempts += 1;
    letter.failure = Some(LetterFailure { code: "mail-not-made".to_owned(), said });
    put_off(letter, next_use(letter, at));
}

/// The next try, where the letter is still of use then: the link for a new password is good for a while alone.
fn next_use(letter: &Letter, at: Timestamp) -> Option<Timestamp> {
    next_try(letter, at).filter(|next| {
        letter.about != LetterAbout::PasswordReset || *next <= letter.meta.created_at + RESET_LATEST
    })
}

/// When it is tried again after so many attempts, where it is.
fn next_try(letter: &Letter, at: Timestamp) -> Option<Timestamp> {
    let place = usize::try_from(letter.attempts).unwrap_or(usize::MAX).saturating_sub(1);
    RETRY_MINUTES.get(place).map(|minutes| at + SignedDuration::from_mins(*minutes))
}

fn put_off(letter: &mut Letter, next: Option<Timestamp>) {
    match next {
        // Whoever gave it up meanwhile is not overruled.
        Some(next) if letter.state == LetterState::Queued => letter.due_at = next,
        Some(_) => {}
        None => letter.state = LetterState::Failed,
    }
}

fn attempt(
    app: &App,
    ctx: &Ctx,
    settings: &Settings,
    server: &mail::Server,
    letter: &Letter,
    words: &dyn Words,
) -> Result<(), Error> {
    let facts = match facts_of(app, ctx, settings, letter)? {
        Ready::Facts(facts) => facts,
        Ready::Pointless => {
            let given_up = |letter: &mut Letter| letter.state = LetterState::GivenUp;
            return app.settle(ctx, letter.meta.id, given_up).map(|_| ());
        }
        Ready::Nobody => {
            let mut write = ctx.write();
            write.delete(letter);
            return match app.commit(write) {
                Ok(_) | Err(Error::Conflict(_) | Error::NotFound) => Ok(()),
                Err(error) => Err(error),
            };
        }
    };
    let written = facts.letter(settings, ctx, letter.meta.id, words)?;
    let done = mail::send(server, &written);
    app.settle(ctx, letter.meta.id, |letter: &mut Letter| note(letter, ctx.at, &done)).map(|_| ())
}

/// What a letter says, at the moment it goes.
enum Ready {
    Facts(Box<Facts>),
    /// The address was nobody's, or they have left.
    Nobody,
    /// What it is about is over.
    Pointless,
}

fn facts_of(app: &App, ctx: &Ctx, settings: &Settings, letter: &Letter) -> Result<Ready, Error> {
    let origin = settings.mail.as_ref().map(|mail| mail.link_address.as_str()).unwrap_or_default();
    if letter.about == LetterAbout::FormConfirmation {
        let Some(asked) = web_forms::told_about(app, letter)? else { return Ok(Ready::Nobody) };
        let (secret, expires_at) = web_forms::link_for(app, ctx, &asked.submission)?;
        let topic =
            Topic::Confirmation { address: format!("{origin}/form-confirmation/{secret}"), expires_at };
        return Ok(Ready::Facts(Box::new(Facts {
            topic,
            language: asked.language,
            name: asked.name,
            email: asked.email,
            copies: Vec::new(),
            company: settings.company_name.clone(),
            zone: settings.zone(),
            attachments: Vec::new(),
        })));
    }
    if quotes::letters::is_about(letter) {
        let facts = quotes::letters::facts(app, ctx, settings, letter)?;
        return Ok(facts.map_or(Ready::Pointless, |facts| Ready::Facts(Box::new(facts))));
    }
    let user = letter.to.map(|user| app.store.get::<User>(user.0)).transpose()?.flatten();
    let Some(user) = user.filter(|user| user.active) else { return Ok(Ready::Nobody) };
    if letter.about == LetterAbout::FormLead {
        let lead = letter.record.map(|id| app.store.get::<Lead>(id)).transpose()?.flatten();
        let Some(lead) = lead else { return Ok(Ready::Pointless) };
        let address = format!("{origin}/leads/{}", lead.meta.id);
        let topic = Topic::NewLead { campaign: lead.campaign.unwrap_or_default(), address };
        return Ok(Ready::Facts(Box::new(Facts::of(settings, &user, topic))));
    }
    if matches!(letter.about, LetterAbout::LeadMovedOn | LetterAbout::LeadMovedHere) {
        let lead = letter.record.map(|id| app.store.get::<Lead>(id)).transpose()?.flatten();
        let Some(lead) = lead else { return Ok(Ready::Pointless) };
        // Whoever lost it may not see it any more: they are sent to their inbox.
        let address = match letter.about {
            LetterAbout::LeadMovedHere => format!("{origin}/leads/{}", lead.meta.id),
            _ => format!("{origin}/leads/inbox"),
        };
        let topic = Topic::LeadMoved { about: letter.about, title: lead.title().to_owned(), address };
        return Ok(Ready::Facts(Box::new(Facts::of(settings, &user, topic))));
    }
    if letter.about == LetterAbout::WebhookOff {
        let webhook = letter.record.map(|id| app.store.get::<Webhook>(id)).transpose()?.flatten();
        let off = webhook.and_then(|webhook| Some((webhook.failed_since?, webhook)));
        let Some((since, webhook)) = off else { return Ok(Ready::Pointless) };
        let address = format!("{origin}/settings/webhooks/{}", webhook.meta.id);
        let topic = Topic::WebhookOff { name: webhook.name, since, address };
        return Ok(Ready::Facts(Box::new(Facts::of(settings, &user, topic))));
    }
    if letter.about == LetterAbout::Invitation && !user.is_invited() {
        return Ok(Ready::Pointless);
    }
    let (secret, expires_at) = invitations::link_for(app, ctx, letter, &user)?;
    let topic =
        Topic::Link { about: letter.about, address: format!("{origin}/welcome/{secret}"), expires_at };
    Ok(Ready::Facts(Box::new(Facts::of(settings, &user, topic))))
}

fn note(letter: &mut Letter, at: Timestamp, done: &Result<mail::Taken, mail::Error>) {
    letter.attempts += 1;
    let error = match done {
        Ok(taken) => {
            letter.state = LetterState::Sent;
            letter.sent_at = Some(at);
            letter.failure = None;
            let refused = taken.refused.iter().map(|copy| RefusedCopy {
                email: copy.email.clone(),
                said: copy.said.chars().take(SAID_CHARACTERS_MAX).collect(),
            });
            letter.refused_copies = refused.collect();
            return;
        }
        Err(error) => error,
    };
    letter.failure = Some(LetterFailure { code: error.code().to_owned(), said: error.said().to_owned() });
    put_off(letter, next_use(letter, at).filter(|_| error.may_pass()));
}

/// What is over and old goes: the page shows no more, and nobody asks.
fn forget_old(app: &App, ctx: &Ctx) -> Result<(), Error> {
    let mut over: Vec<Letter> = app.store.members(Uuid::nil(), QUEUED_MAX + 2 * LETTERS_KEPT)?;
    over.retain(|letter| letter.state != LetterState::Queued);
    let Some(too_many) = over.len().checked_sub(LETTERS_KEPT).filter(|count| *count > 0) else {
        return Ok(());
    };
    let mut write = ctx.write();
    for letter in &over[..too_many] {
        write.delete(letter);
    }
    match app.commit(write) {
        Ok(_) | Err(Error::Conflict(_) | Error::NotFound) => Ok(()),
        Err(error) => Err(error),
    }
}

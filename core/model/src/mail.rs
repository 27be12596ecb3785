//! How letters go out, and the letters that wait for it.

use crate::record::meta_field;
use crate::{IndexEntry, Kind, LetterId, Meta, Record, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What the company says about its mail server. The password is not here: see [`crate::Credential`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    pub security: MailSecurity,
    /// Empty: the server lets us in without.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub user: String,
    /// When the password was set; absent: there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password_set_at: Option<Timestamp>,
    pub from_name: String,
    pub from_email: String,
    /// Empty: answers go to `from_email`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reply_to: String,
    /// How Tracte is called in the links of letters: `https://crm.exemple.cat`. Never what a request says of itself,
    /// which a stranger may have made up.
    pub link_address: String,
}

/// How the conversation with the mail server is encrypted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MailSecurity {
    Starttls,
    Tls,
    /// For a server on the same machine alone.
    None,
}

impl MailSecurity {
    pub const ALL: [MailSecurity; 3] = [MailSecurity::Starttls, MailSecurity::Tls, MailSecurity::None];

    pub fn as_str(self) -> &'static str {
        match self {
            MailSecurity::Starttls => "starttls",
            MailSecurity::Tls => "tls",
            MailSecurity::None => "none",
        }
    }

    pub fn from_code(code: &str) -> Option<MailSecurity> {
        MailSecurity::ALL.into_iter().find(|security| security.as_str() == code)
    }
}

/// What a letter is about. What it says is put together when it goes: so no secret link is ever kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterAbout {
    /// Somebody was let in and chooses their first password.
    Invitation,
    /// An administrator made a link for somebody who has a password.
    NewLink,
    /// Somebody said that they have forgotten their password.
    PasswordReset,
    /// Somebody sent a web form that asks to be confirmed.
    FormConfirmation,
    /// A lead came in by a web form.
    FormLead,
    /// Somebody had a lead and did not answer it in time: it went to somebody else.
    LeadMovedOn,
    /// Somebody else had not answered a lead in time: now it is theirs.
    LeadMovedHere,
    /// A quote, with its PDF, for the client.
    QuoteSent,
    /// A quote that is about to expire, for the client.
    QuoteReminder,
    /// To the client: what they accepted.
    QuoteConfirmed,
    /// A client accepted a quote: for whoever is responsible for it.
    QuoteAccepted,
    QuoteRejected,
    /// A client has a question about a quote.
    QuoteAsked,
    /// A webhook was switched off, as nothing had arrived for days: for administrators.
    WebhookOff,
}

impl LetterAbout {
    pub fn as_str(self) -> &'static str {
        match self {
            LetterAbout::Invitation => "invitation",
            LetterAbout::NewLink => "new_link",
            LetterAbout::PasswordReset => "password_reset",
            LetterAbout::FormConfirmation => "form_confirmation",
            LetterAbout::FormLead => "form_lead",
            LetterAbout::LeadMovedOn => "lead_moved_on",
            LetterAbout::LeadMovedHere => "lead_moved_here",
            LetterAbout::QuoteSent => "quote_sent",
            LetterAbout::QuoteReminder => "quote_reminder",
            LetterAbout::QuoteConfirmed => "quote_confirmed",
            LetterAbout::QuoteAccepted => "quote_accepted",
            LetterAbout::QuoteRejected => "quote_rejected",
            LetterAbout::QuoteAsked => "quote_asked",
            LetterAbout::WebhookOff => "webhook_off",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LetterState {
    /// Waits until it is due.
    Queued,
    Sent,
    /// Nothing more is tried by itself.
    Failed,
    /// Somebody said that it need not go, or it has become pointless.
    GivenUp,
}

impl LetterState {
    pub fn as_str(self) -> &'static str {
        match self {
            LetterState::Queued => "queued",
            LetterState::Sent => "sent",
            LetterState::Failed => "failed",
            LetterState::GivenUp => "given_up",
        }
    }
}

/// Why the last attempt did not work.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct LetterFailure {
    /// `mail-login` and the like.
    pub code: String,
    /// What the server said.
    pub said: String,
}

/// Somebody who was to get a copy of a letter and does not.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RefusedCopy {
    pub email: String,
    /// What the server said.
    pub said: String,
}

/// A letter on its way. Not journaled: servers' words hold people's addresses.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Letter {
    pub meta: Meta,
    pub about: LetterAbout,
    /// Absent: somebody asked for an address that nobody has. It is written all the same, so that asking takes as long.
    pub to: Option<UserId>,
    /// What was sent by a web form, or the lead it made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<Uuid>,
    pub state: LetterState,
    pub attempts: u32,
    /// Not before.
    pub due_at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<LetterFailure>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent_at: Option<Timestamp>,
    /// It was sent, but not to these.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused_copies: Vec<RefusedCopy>,
}

impl Letter {
    /// The group of those that wait.
    pub const QUEUED: Uuid = Uuid::max();

    pub fn id(&self) -> LetterId {
        LetterId(self.meta.id)
    }
}

impl Record for Letter {
    const KIND: Kind = Kind::Letter;
    const JOURNALED: bool = false;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        let mut entries = vec![IndexEntry::member(Kind::Letter, Uuid::nil(), id)];
        entries.extend(self.to.map(|user| IndexEntry::member(Kind::Letter, user.0, id)));
        if self.state == LetterState::Queued {
            entries.push(IndexEntry::member(Kind::Letter, Letter::QUEUED, id));
        }
        entries
    }
}

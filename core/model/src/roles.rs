//! Roles: for each entity and action, how far somebody who has the role reaches.

use crate::{Action, FieldErrors, Kind, LABEL_CHARACTERS_MAX, Label, Level, Piece};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// What a role is for, in one sentence under its name.
pub const ROLE_HELP_CHARACTERS_MAX: usize = 200;

/// The key of a role, as users and API keys keep it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RoleKey(String);

impl RoleKey {
    /// May do everything; cannot be narrowed or put away.
    pub const ADMINISTRATOR: &str = "administrator";
    /// Their teams' leads.
    pub const MANAGER: &str = "manager";
    /// Their own leads.
    pub const REP: &str = "rep";
    /// All figures, without changing anything.
    pub const ANALYST: &str = "analyst";
    /// Looks on.
    pub const READ_ONLY: &str = "read_only";

    pub fn new(key: impl Into<String>) -> RoleKey {
        RoleKey(key.into())
    }

    pub fn administrator() -> RoleKey {
        RoleKey::new(RoleKey::ADMINISTRATOR)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_administrator(&self) -> bool {
        self.0 == RoleKey::ADMINISTRATOR
    }
}

impl fmt::Display for RoleKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How far a role reaches with one entity.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Levels {
    pub see: Level,
    pub create: Level,
    pub change: Level,
    pub delete: Level,
    pub export: Level,
}

impl Default for Levels {
    fn default() -> Levels {
        Levels::same(Level::None)
    }
}

impl Levels {
    pub const fn same(level: Level) -> Levels {
        Levels { see: level, create: level, change: level, delete: level, export: level }
    }

    /// Sees at this level and does nothing else.
    pub const fn only_sees(level: Level) -> Levels {
        Levels { see: level, ..Levels::same(Level::None) }
    }

    pub fn get(&self, action: Action) -> Level {
        match action {
            Action::See => self.see,
            Action::Create => self.create,
            Action::Change => self.change,
            Action::Delete => self.delete,
            Action::Export => self.export,
        }
    }

    pub fn get_mut(&mut self, action: Action) -> &mut Level {
        match action {
            Action::See => &mut self.see,
            Action::Create => &mut self.create,
            Action::Change => &mut self.change,
            Action::Delete => &mut self.delete,
            Action::Export => &mut self.export,
        }
    }
}

/// What somebody may do who has it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Role {
    pub label: Label,
    #[serde(default, skip_serializing_if = "Label::is_empty")]
    pub help: Label,
    /// An entity without a line is out of reach.
    pub levels: BTreeMap<Kind, Levels>,
    /// Percent of discount in quotes up to which nobody is asked; absent: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount_max: Option<Decimal>,
    /// Percent of margin in quotes down to which nobody is asked; absent: any. A margin that is not known is below it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub margin_min: Option<Decimal>,
    #[serde(default)]
    pub archived: bool,
}

impl Role {
    /// The lines of the matrix, in the order of the page. One that comes later is none for the roles a company made,
    /// and as everybody begins for the ready ones.
    pub const ENTITIES: &[Kind] = &[
        Kind::Lead,
        Kind::Company,
        Kind::Contact,
        Kind::Opportunity,
        Kind::Quote,
        Kind::Product,
        Kind::Activity,
        Kind::Document,
        Kind::Import,
        Kind::User,
        Kind::Team,
        Kind::Settings,
        Kind::Plugin,
        Kind::ApiKey,
    ];

    /// The levels that mean something there; none where there is nothing to decide: what is shown then is in the
    /// README of `services`.
    pub fn choices(kind: Kind, action: Action) -> &'static [Level] {
        const ANY: &[Level] = &[Level::All, Level::Team, Level::Own, Level::None];
        const OWN: &[Level] = &[Level::All, Level::Own, Level::None];
        const WHOLE: &[Level] = &[Level::All, Level::None];
        match (kind, action) {
            (
                Kind::Lead | Kind::Company | Kind::Contact | Kind::Opportunity | Kind::Quote,
                Action::Create,
            ) => WHOLE,
            (Kind::Lead | Kind::Company | Kind::Contact | Kind::Opportunity | Kind::Quote, _) => ANY,
            // A catalogue is one for all.
            (Kind::Product, _) => WHOLE,
            // About whose records; the rest follows: see `completed`.
            (Kind::Activity | Kind::Document, Action::Create) => ANY,
            (Kind::Import, Action::See) => OWN,
            (Kind::Import, Action::Create) => WHOLE,
            // Names stand everywhere: whoever signs in sees them.
            (Kind::User, Action::Create | Action::Change) => WHOLE,
            (Kind::Team, Action::Create | Action::Change | Action::Delete) => WHOLE,
            (Kind::Settings, Action::See | Action::Change | Action::Export) => WHOLE,
            (Kind::Plugin, Action::See | Action::Create | Action::Change | Action::Delete) => WHOLE,
            (Kind::ApiKey, Action::See | Action::Create | Action::Change) => WHOLE,
            _ => &[],
        }
    }

    /// How far it reaches. Nobody changes, deletes or takes away what they do not see.
    pub fn level(&self, kind: Kind, action: Action) -> Level {
        let Some(levels) = self.levels.get(&kind) else {
            // What cannot be set is for whoever may do all that can.
            let is_rest = !Role::ENTITIES.contains(&kind) && self.is_whole();
            return if is_rest { Level::All } else { Level::None };
        };
        match action {
            Action::See | Action::Create => levels.get(action),
            Action::Change | Action::Delete | Action::Export => levels.get(action).min(levels.see),
        }
    }

    /// The lesser of two, entity by entity and action by action: a key with its own role acts for somebody with theirs.
    #[must_use]
    pub fn narrowed_by(&self, other: &Role) -> Role {
        let lines = self.levels.iter().map(|(kind, own)| {
            let theirs = other.levels.get(kind).copied().unwrap_or_default();
            let mut levels = *own;
            for action in Action::ALL {
                *levels.get_mut(action) = own.get(action).min(theirs.get(action));
            }
            (*kind, levels)
        });
        let discount_max = [self.discount_max, other.discount_max].into_iter().flatten().min();
        let margin_min = [self.margin_min, other.margin_min].into_iter().flatten().max();
        Role { levels: lines.collect(), discount_max, margin_min, ..self.clone() }
    }

    /// Whether it reaches nowhere that the other one does not, in quotes either. What nobody can decide about does not count.
    pub fn is_within(&self, other: &Role) -> bool {
        let is_wider =
            |own: Option<Decimal>, theirs: Option<Decimal>, beyond: fn(&Decimal, &Decimal) -> bool| {
                theirs.is_some_and(|theirs| own.is_none_or(|own| beyond(&own, &theirs)))
            };
        if is_wider(self.discount_max, other.discount_max, Decimal::gt)
            || is_wider(self.margin_min, other.margin_min, Decimal::lt)
        {
            return false;
        }
        let counts =
            |kind: Kind, action| !Role::ENTITIES.contains(&kind) || !Role::choices(kind, action).is_empty();
        self.levels.keys().all(|kind| {
            let reaches = |action: &Action| self.level(*kind, *action) > other.level(*kind, *action);
            !Action::ALL.iter().any(|action| counts(*kind, *action) && reaches(action))
        })
    }

    /// Whether it gives all that can be given.
    pub fn is_whole(&self) -> bool {
        Role::ENTITIES.iter().all(|kind| {
            let levels = self.levels.get(kind).copied().unwrap_or_default();
            let is_whole =
                |action| levels.get(action) == Level::All || Role::choices(*kind, action).is_empty();
            Action::ALL.into_iter().all(is_whole)
        })
    }

    /// One without any permission.
    pub fn nothing() -> Role {
        Role {
            label: Label::default(),
            help: Label::default(),
            levels: BTreeMap::new(),
            discount_max: None,
            margin_min: None,
            archived: false,
        }
    }

    /// The one that may do everything, also with entities that come later.
    fn administrator() -> Role {
        let label = Label::new("Administració", "Administración", "Administrator");
        let help = Label::new(
            "Ho veu i ho configura tot.",
            "Lo ve y lo configura todo.",
            "Sees and configures everything.",
        );
        let levels = Role::ENTITIES.iter().map(|kind| (*kind, Levels::same(Level::All))).collect();
        Role { label, help, levels, discount_max: None, margin_min: None, archived: false }
    }

    fn ready_one(label: Label, help: Label, lines: &[(Kind, Levels)]) -> Role {
        let mut levels: BTreeMap<Kind, Levels> = lines.iter().copied().collect();
        let leads = levels.get(&Kind::Lead).copied().unwrap_or_default();
        for alike in [Kind::Company, Kind::Contact, Kind::Opportunity, Kind::Quote] {
            levels.insert(alike, leads);
        }
        let activities = levels.get(&Kind::Activity).copied().unwrap_or_default();
        levels.insert(Kind::Document, activities);
        for names in [Kind::User, Kind::Team] {
            levels.insert(names, Levels::only_sees(Level::All));
        }
        Role { label, help, levels, discount_max: None, margin_min: None, archived: false }
    }

    /// As it counts: the administrator's whole, names for everybody; activities and documents are seen, deleted and taken
    /// along as leads are, and changed by whom may make them; and what everybody
    /// begins with where a ready role, kept before an entity came, says nothing of it.
    #[must_use]
    pub fn completed(mut self, key: &str) -> Role {
        for names in [Kind::User, Kind::Team] {
            self.levels.entry(names).or_default().see = Level::All;
        }
        if let Some((_, ready)) = Role::ready().into_iter().find(|(ready, _)| *ready == key) {
            if key == RoleKey::ADMINISTRATOR {
                self.levels = ready.levels;
            } else {
                for (kind, levels) in ready.levels {
                    self.levels.entry(kind).or_insert(levels);
                }
            }
        }
        let leads = self.levels.get(&Kind::Lead).copied().unwrap_or_default();
        // Roles from before there were documents make them as they make activities.
        let activities = self.levels.get(&Kind::Activity).copied().unwrap_or_default();
        self.levels.entry(Kind::Document).or_insert(activities);
        for beside in [Kind::Activity, Kind::Document] {
            let levels = self.levels.entry(beside).or_default();
            (levels.see, levels.delete, levels.export) = (leads.see, leads.delete, leads.export);
            levels.change = levels.create;
        }
        self
    }
}

impl Piece for Role {
    const KIND: Kind = Kind::Role;
    const SECTION: &'static str = "roles";

    fn ready() -> Vec<(&'static str, Role)> {
        let all = Level::All;
        vec![
            (RoleKey::ADMINISTRATOR, Role::administrator()),
            (
                RoleKey::MANAGER,
                Role::ready_one(
                    Label::new("Responsable de vendes", "Responsable de ventas", "Sales manager"),
                    Label::new(
                        "Veu els clients potencials i els informes dels seus equips, i fa importacions.",
                        "Ve los clientes potenciales y los informes de sus equipos, y hace importaciones.",
                        "Sees the leads and reports of their teams, and runs imports.",
                    ),
                    &[
                        (Kind::Lead, Levels { create: all, ..Levels::same(Level::Team) }),
                        (Kind::Activity, Levels::same(Level::Team)),
                        (Kind::Product, Levels::same(all)),
                        (Kind::Import, Levels { create: all, ..Levels::same(Level::Own) }),
                    ],
                ),
            ),
            (
                RoleKey::REP,
                Role::ready_one(
                    Label::new("Comercial", "Comercial", "Sales rep"),
                    Label::new(
                        "Veu i canvia només els seus clients potencials.",
                        "Ve y cambia solo sus clientes potenciales.",
                        "Sees and changes only their own leads.",
                    ),
                    &[
                        (Kind::Lead, Levels { create: all, delete: Level::None, ..Levels::same(Level::Own) }),
                        (Kind::Activity, Levels { delete: Level::None, ..Levels::same(Level::Own) }),
                        (Kind::Product, Levels::only_sees(all)),
                        (Kind::Import, Levels { create: all, ..Levels::same(Level::Own) }),
                    ],
                ),
            ),
            (
                RoleKey::ANALYST,
                Role::ready_one(
                    Label::new("Anàlisi", "Análisis", "Analyst"),
                    Label::new(
                        "Veu i exporta tots els clients potencials i els informes; no canvia res.",
                        "Ve y exporta todos los clientes potenciales y los informes; no cambia nada.",
                        "Sees and exports all leads and reports; changes nothing.",
                    ),
                    &[
                        (Kind::Lead, Levels { see: all, export: all, ..Levels::default() }),
                        (Kind::Activity, Levels { see: all, export: all, ..Levels::default() }),
                        (Kind::Product, Levels { see: all, export: all, ..Levels::default() }),
                    ],
                ),
            ),
            (
                RoleKey::READ_ONLY,
                Role::ready_one(
                    Label::new("Només lectura", "Solo lectura", "Read only"),
                    Label::new(
                        "Veu tots els clients potencials i els informes; no canvia ni exporta res.",
                        "Ve todos los clientes potenciales y los informes; no cambia ni exporta nada.",
                        "Sees all leads and reports; changes and exports nothing.",
                    ),
                    &[
                        (Kind::Lead, Levels::only_sees(all)),
                        (Kind::Activity, Levels::only_sees(all)),
                        (Kind::Product, Levels::only_sees(all)),
                    ],
                ),
            ),
        ]
    }

    fn label(&self) -> &Label {
        &self.label
    }

    fn is_archived(&self) -> bool {
        self.archived
    }

    /// Problems of a cell stand at `<entity>.<action>`: `choice` where the level means nothing there,
    /// `level-above-see` where more could be changed than is seen.
    fn check(&self, errors: &mut FieldErrors) {
        self.label.check("label", LABEL_CHARACTERS_MAX, errors);
        self.help.check_lengths("help", ROLE_HELP_CHARACTERS_MAX, errors);
        for kind in Role::ENTITIES {
            let Some(levels) = self.levels.get(kind) else {
                continue;
            };
            for action in Action::ALL {
                let (level, choices) = (levels.get(action), Role::choices(*kind, action));
                let field = format!("{kind}.{}", action.as_str());
                let is_seen_apart = Role::choices(*kind, Action::See).is_empty();
                let is_above = matches!(action, Action::Change | Action::Delete | Action::Export)
                    && level > levels.see
                    && !is_seen_apart;
                if choices.is_empty() {
                    continue;
                } else if !choices.contains(&level) {
                    errors.add(&field, "choice", level.as_str());
                } else if is_above {
                    errors.add(&field, "level-above-see", "");
                }
            }
        }
    }
}

impl crate::Frame {
    /// What people call a role; its key where there is none any more.
    pub fn role_label(&self, key: &RoleKey, language: crate::Language) -> String {
        let role = self.roles.get(key.as_str());
        role.map_or_else(|| key.as_str().to_owned(), |role| role.label().get(language).to_owned())
    }
}

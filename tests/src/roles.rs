//! Every route with every kind of caller, worked out from the router; and what each of them gets to see, everywhere.

mod bodies;
mod letters;
mod seen;

use bodies::{BODIES, FILES, PUT_BODIES, QUERIES};

use crate::http_kit::{Answer, Kit, PASSWORD};
use crate::test_app::misbehaving;
use expect_test::expect_file;
use model::{Action, Lead, Level, Levels, Plugin, Role, RoleKey, User, UserId, Via};
use poem::http::{Method, StatusCode};
use server::{Kind, RouteInfo, routes};
use services::leads::{self, LeadCount, LeadQuery};
use services::teams::{self, TeamDraft};
use services::users::{self, UserDraft};
use services::{
    Ctx, LeadDraft, api_keys, bulk, configuration, documents, duplicates, imports, merges, own_fields,
    parametrization, plugins, projectors, records, saved_views, sessions,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Who asks for what belongs to the rep Raül of the team North.
const ACTORS: [&str; 6] = ["nobody", "other rep", "rep", "manager", "other manager", "admin"];

const BOUNDARY: &str = "limit-between-parts";

struct Company {
    kit: Kit,
    people: BTreeMap<&'static str, User>,
    keys: BTreeMap<&'static str, String>,
    /// A user and a team that the administrator changes.
    ulla: User,
    south: model::TeamId,
    asset: String,
    component: Vec<u8>,
    asked: std::cell::Cell<u64>,
}

/// What a request was about: made anew for each, so that no request sees what another did.
struct Subject {
    id: String,
    lead_version: u64,
}

impl Company {
    async fn new() -> Company {
        let kit = Kit::company();
        let admin = kit.admin();
        let app = &kit.state.app;
        let admin_user = admin.caller().unwrap().user.clone();
        // Leads are given by hand here: nobody gets one by turns.
        let mut draft = draft_of("Aina Admin", RoleKey::ADMINISTRATOR, &admin_user.teams, &admin_user.email);
        draft.password = String::new();
        users::update(app, &admin, admin_user.id(), admin_user.meta.version, &draft).unwrap();
        let team = |name: &str| {
            let draft = TeamDraft { name: name.to_owned(), ..TeamDraft::default() };
            teams::create(app, &admin, &draft).unwrap().id()
        };
        let (north, south) = (team("Nord"), team("Sud"));
        let hire = |name: &str, role, team| {
            let email = format!("{}@exemple.cat", name.to_lowercase());
            users::create(app, &admin, &draft_of(name, role, &[team], &email)).unwrap()
        };
        let people = BTreeMap::from([
            ("rep", hire("Raul", RoleKey::REP, north)),
            ("other rep", hire("Olga", RoleKey::REP, north)),
            ("manager", hire("Marta", RoleKey::MANAGER, north)),
            ("other manager", hire("Miquel", RoleKey::MANAGER, south)),
            ("admin", users::get(app, &admin, admin_user.id()).unwrap()),
        ]);
        let ulla = hire("Ulla", RoleKey::REP, south);
        crate::assignment::archived_rule(app, &admin, "regla", &ulla);
        crate::scoring::archived_rule(app, &admin, "regla");
        crate::prices::book(app, &admin, "tarifa", model::PriceBook::default());
        crate::prices::product(app, &admin, "OLI", "10");
        crate::web_forms::form_of(app, &admin, "fira");
        let key = |(actor, user): (&&'static str, &User)| {
            let draft = api_keys::ApiKeyDraft {
                name: (*actor).to_owned(),
                user: user.id().to_string(),
                role: user.role.as_str().to_owned(),
            };
            (*actor, api_keys::create(app, &admin, &draft).unwrap().1)
        };
        let keys = people.iter().map(key).collect();
        let page = kit.get("/sign-in", &[]).await.text();
        let asset = page.split("/static/").nth(1).unwrap().split('"').next().unwrap().to_owned();
        Company { people, keys, ulla, south, asset, component: misbehaving(), asked: 0.into(), kit }
    }

    fn at_work(&self, actor: &str) -> Ctx {
        let caller = users::caller(&self.kit.state.app, self.people[actor].id()).unwrap();
        self.kit.ctx().with_caller(caller, Via::Page)
    }

    /// A lead of this person; of nobody, in the first team, without one.
    fn lead(&self, company: &str, owner: Option<UserId>) -> Lead {
        let (app, admin) = (&self.kit.state.app, self.at_work("admin"));
        let draft = LeadDraft { company: company.to_owned(), ..LeadDraft::default() };
        let lead = leads::create(app, &admin, &draft, None).unwrap();
        assert_eq!(lead.owner, None);
        match owner {
            Some(owner) => {
                let id = model::LeadId(lead.meta.id);
                leads::assign(app, &admin, id, lead.meta.version, owner).unwrap()
            }
            None => lead,
        }
    }

    /// What stands in for `:id` of this path, fresh.
    fn subject(&self, path: &str) -> Subject {
        let (app, admin) = (&self.kit.state.app, self.at_work("admin"));
        let mut lead_version = 0;
        let path = path.strip_prefix(server::API_PREFIX).unwrap_or(path);
        let id = match path.split('/').nth(1).unwrap() {
            _ if path.contains("/unconfirmed/:id") => {
                letters::waiting(app, &admin, self.ulla.id());
                crate::web_forms::unconfirmed(app, &admin, &self.kit.ctx())
            }
            "leads" | "privacy" => {
                let lead = self.lead("Fusteria Puig", Some(self.people["rep"].id()));
                lead_version = lead.meta.version;
                lead.meta.id.to_string()
            }
            "imports" => self.import().to_string(),
            "import-templates" => {
                let name = format!("Fira {}", self.asked.get());
                let template = imports::save_template(app, &self.at_work("rep"), self.import(), &name);
                template.unwrap().meta.id.to_string()
            }
            // What is asked about is the lead.
            "duplicates" | "merges" if !path.contains("/apart/") && !path.contains("/merges/") => {
                self.lead("Fusteria Puig", Some(self.people["rep"].id())).meta.id.to_string()
            }
            "api-keys" => {
                let user = self.people["rep"].id().to_string();
                let draft = api_keys::ApiKeyDraft { name: "Botiga".to_owned(), user, role: "rep".to_owned() };
                api_keys::create(app, &admin, &draft).unwrap().0.id().to_string()
            }
            // A session of nobody's: ending it is no error.
            "account" => model::uuid::Uuid::nil().to_string(),
            "users" => self.ulla.id().to_string(),
            "teams" => self.south.to_string(),
            "letters" => letters::waiting(app, &admin, self.ulla.id()),
            "settings" if path.contains("/letters/") => letters::waiting(app, &admin, self.ulla.id()),
            _ if path.contains("/runs/:id") => crate::retention::at_work(app, &admin).meta.id.to_string(),
            _ if path.contains("/evidence/:id") => crate::evidence::pack(app, &admin).meta.id.to_string(),
            _ if path.contains("/screens/:id") => crate::evidence::screen(app, &admin).meta.id.to_string(),
            "webhooks" | "webhook-deliveries" => crate::webhooks::for_roles(app, &admin, path),
            "settings" if path.contains("/webhooks/") => crate::webhooks::for_roles(app, &admin, path),
            "settings" | "parametrisation" => {
                let draft = parametrization::EntryDraft {
                    date: "2026-11-20".to_owned(),
                    consultant: "Ona".to_owned(),
                    minutes: "45".to_owned(),
                    text: "Camps".to_owned(),
                    function: "leads".to_owned(),
                    configuration: String::new(),
                };
                parametrization::create(app, &admin, &draft).unwrap().meta.id.to_string()
            }
            "bulk" | "bulk-jobs" => {
                let lead = self.lead("Fusteria Puig", Some(self.people["rep"].id()));
                let (rep, action) = (self.at_work("rep"), model::BulkAction::Archive);
                let job = bulk::start(app, &rep, model::Kind::Lead, &[lead.meta.id], action, None).unwrap();
                job.id().to_string()
            }
            "price-books" => {
                let product = crate::prices::product(app, &admin, &format!("P{}", self.asked.get()), "1");
                let draft = crate::prices::draft(product, "1", "2");
                services::prices::create(app, &admin, "tarifa", &draft).unwrap().meta.id.to_string()
            }
            "quotes" => crate::quotes::for_roles(app, &self.at_work("rep"), path).to_string(),
            "plugins" => self.plugin().id().to_string(),
            // The rep's, shared with the team North.
            "views" => {
                let rep = self.at_work("rep");
                let draft = saved_views::ViewDraft {
                    name: "Vista".to_owned(),
                    share: rep.teams()[0].to_string(),
                    default_for: Vec::new(),
                };
                let state = model::ListState::default();
                saved_views::create(app, &rep, model::Kind::Lead, &draft, state).unwrap().id().to_string()
            }
            "merges" => {
                let lead = model::Kind::Lead;
                let draft = merges::MergeDraft {
                    survivor: self.twin(lead),
                    others: vec![self.twin(lead)],
                    ..merges::MergeDraft::default()
                };
                merges::merge(app, &admin, lead, &draft).unwrap().meta.id.to_string()
            }
            "duplicates" => {
                let [one, other] = [(); 2].map(|()| (model::Kind::Lead, self.twin(model::Kind::Lead)));
                duplicates::set_apart(app, &admin, one, other).unwrap();
                duplicates::set_apart_of(app, &admin, model::Kind::Lead).unwrap()[0].id.to_string()
            }
            plural => {
                let kind = records::kind_of(plural)
                    .unwrap_or_else(|_| panic!("nothing stands in for :id of {plural}: add it"));
                self.twin(kind).to_string()
            }
        };
        Subject { id, lead_version }
    }

    /// A file that the rep took in.
    fn import(&self) -> model::ImportId {
        let (app, rep) = (&self.kit.state.app, self.at_work("rep"));
        let file = b"Empresa;Codi\nFusteria Puig;1\n";
        imports::upload(app, &rep, model::Kind::Lead, "clients.csv", file).unwrap().id()
    }

    /// A record of the rep's, fresh; products are nobody's.
    fn twin(&self, kind: model::Kind) -> model::uuid::Uuid {
        if kind == model::Kind::Lead {
            return self.lead("Fusteria Puig", Some(self.people["rep"].id())).meta.id;
        }
        let mut draft = records::Draft::default();
        if kind == model::Kind::Document {
            draft.put("company", self.twin(model::Kind::Company).to_string());
            let file = documents::Upload { name: "nota.txt".to_owned(), bytes: b"Bon dia".to_vec() };
            let made = documents::add(&self.kit.state.app, &self.at_work("rep"), &draft, &[file], None);
            return made.unwrap()[0].meta.id;
        }
        let name = match kind {
            model::Kind::Contact => "given_name",
            model::Kind::Product => "name_ca",
            model::Kind::Activity | model::Kind::Quote => "subject",
            _ => "name",
        };
        draft.put(name, "Fusteria Puig");
        let maker = self.at_work(if kind == model::Kind::Product { "admin" } else { "rep" });
        records::create(&self.kit.state.app, &maker, kind, &draft, None).unwrap().about().id
    }

    /// The plugin that is installed; again where it was removed.
    fn plugin(&self) -> Plugin {
        let (app, admin) = (&self.kit.state.app, self.at_work("admin"));
        let installed = plugins::list(app, &admin).unwrap().pop();
        installed.map_or_else(
            || plugins::install(app, &admin, &self.component).unwrap(),
            |installed| installed.record,
        )
    }

    /// A field of the company's own, made anew for each request about one.
    fn field(&self, path: &str) -> String {
        let (app, admin) = (&self.kit.state.app, self.at_work("admin"));
        if !path.contains(":field") {
            return String::new();
        }
        if app.frame().field(model::Kind::Lead, "camp").is_some() {
            let field = configuration::get::<model::CustomField>(app, &admin, "lead.camp").unwrap();
            own_fields::remove(app, &admin, "lead.camp", field.meta.version).unwrap();
        }
        let draft = own_fields::FieldDraft {
            entity: "lead".to_owned(),
            label: model::Label::new("Camp", "", ""),
            kind: "text".to_owned(),
            ..own_fields::FieldDraft::default()
        };
        own_fields::create(app, &admin, &draft).unwrap().key
    }

    fn filled(&self, body: &str, subject: &Subject, actor: &str) -> String {
        let (app, admin) = (&self.kit.state.app, self.at_work("admin"));
        let ulla = users::get(app, &admin, self.ulla.id()).unwrap();
        let teams = users::teams(app, &admin).unwrap();
        let south = teams.iter().find(|team| team.id() == self.south).unwrap();
        let person = self.people.get(actor).unwrap_or(&self.people["rep"]);
        let new_name = format!("nova-{}", self.asked.get());
        let plugin_version = || self.plugin().meta.version.to_string();
        let mut body = match body.contains("{plugin version}") {
            true => body.replace("{plugin version}", &plugin_version()),
            false => body.to_owned(),
        };
        if body.contains("{import}") {
            body = body.replace("{import}", &self.import().to_string());
        }
        for kind in model::MATCHED {
            let twin = format!("{{twin {}}}", kind.as_str());
            while body.contains(&twin) {
                body = body.replacen(&twin, &self.twin(kind).to_string(), 1);
            }
        }
        let part = |content: &str| {
            format!(
                "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"clients.csv\"\r\n\
                 content-type: application/octet-stream\r\n\r\n{content}\r\n--{BOUNDARY}--\r\n"
            )
        };
        body.replace("{lead}", &subject.id)
            .replace("{lead version}", &subject.lead_version.to_string())
            .replace("{team version}", &south.meta.version.to_string())
            .replace("{south people}", &format!("{},{}", self.ulla.id(), self.people["other manager"].id()))
            .replace("{user version}", &ulla.meta.version.to_string())
            .replace("{user email}", &ulla.email)
            .replace("{rep}", &self.people["rep"].id().to_string())
            .replace("{email}", &person.email)
            .replace("{password}", PASSWORD)
            .replace("{new name}", &new_name)
            .replace("{file}", &part("Empresa;Codi\nFusteria Puig;1"))
            .replace("{no component}", &part("not a component"))
    }

    /// One request as it would be sent, by a browser or another system.
    async fn ask(&self, route: &RouteInfo, actor: &str) -> Answer {
        self.asked.set(self.asked.get() + 1);
        // No limit of attempts is reached.
        self.kit.advance(301);
        let line = format!("{} {}", route.method, route.path);
        crate::evidence::clear(&self.kit.state.app, &self.at_work("admin"));
        let has_subject = route.path.contains(":id")
            || route.path.ends_with("/privacy/erasures")
            || route.path.ends_with("/duplicates")
            || route.path.ends_with("/merges");
        let subject = if has_subject {
            self.subject(&route.path)
        } else {
            Subject { id: String::new(), lead_version: 0 }
        };
        let body = if route.method == Method::GET { "" } else { body_of(&line) };
        let body = self.filled(body, &subject, actor);
        let query = QUERIES.iter().find(|(known, _)| *known == line).map_or("", |(_, query)| query);
        let query = query.replace("{subject}", &subject.id);
        let name = if route.path.starts_with("/brand/") { "30.css" } else { &self.asset };
        let path = route.path.replace(":id", &subject.id).replace(":name", name);
        let path = path.replace(":secret", "no-such-link").replace(":code", "fira");
        let path = path.replace(":token", "no-such-link");
        // A piece of the kind that the path is about.
        let key = [
            ("/settings/taxes", "igi"),
            ("/settings/price-books", "tarifa"),
            ("/price-books", "tarifa"),
            ("/api/v1/price-books", "tarifa"),
            ("/settings/assignment", "regla"),
            ("/settings/scoring", "regla"),
            ("/settings/forms", "fira"),
            ("/settings/pipelines", "sales"),
            ("/settings/number-series", "quotes"),
            ("/api/v1/configuration", "igi"),
        ];
        let key = key.iter().find(|(start, _)| path.starts_with(start)).map_or("analyst", |(_, key)| *key);
        let path = path
            .replace(":field", &self.field(&path))
            .replace(":section", "taxes")
            .replace(":entity", "leads")
            .replace(":day", "2027-01-01");
        let path = path
            .replace(":key", key)
            .replace(":list", "sources")
            .replace(":value", "fair")
            .replace(":message", "common-total")
            + &query;
        assert!(!path.contains(':'), "nothing stands in for a part of {}: add it", route.path);

        let is_api = route.kind == Kind::Api;
        let mut headers: Vec<(&str, String)> = Vec::new();
        let user = self.people.get(actor);
        match user {
            Some(_) if is_api => headers.push(("authorization", format!("Bearer {}", self.keys[actor]))),
            Some(user) => {
                let user = users::get(&self.kit.state.app, &self.at_work("admin"), user.id()).unwrap();
                let session = sessions::begin(&self.kit.state.app, &self.kit.ctx(), user).unwrap();
                headers.push(("cookie", format!("{}={}", server::SESSION, session.secret)));
            }
            None => {}
        }
        if !is_api {
            headers.push(("sec-fetch-site", "same-origin".to_owned()));
        }
        if line == "DELETE /api/v1/lists/:list/values/:value"
            || line.starts_with("DELETE /api/v1/configuration")
            || line == "DELETE /api/v1/teams/:id"
            || line == "DELETE /api/v1/activities/:id/reminder"
        {
            headers.push(("if-match", "*".to_owned()));
        }
        if line.starts_with("DELETE /api/v1/leads/:id") {
            headers.push(("if-match", format!("\"{}\"", subject.lead_version)));
        }
        let content_type = match body.as_str() {
            body if body.starts_with("--") => format!("multipart/form-data; boundary={BOUNDARY}"),
            _ if FILES.contains(&line.as_str()) => "application/octet-stream".to_owned(),
            _ if is_api => "application/json".to_owned(),
            _ => "application/x-www-form-urlencoded".to_owned(),
        };
        if route.method != Method::GET && !(is_api && body.is_empty()) {
            headers.push(("content-type", content_type));
        }
        let headers: Vec<(&str, &str)> =
            headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.kit.ask(route.method.clone(), &path, &headers, &body).await
    }

    /// Search and the figures take what has happened.
    fn settle(&self) {
        for reading in projectors::Reading::ALL {
            let app = &self.kit.state.app;
            let mut projector = projectors::projector(app, reading).unwrap();
            projectors::catch_up(app, reading, projector.as_mut()).unwrap();
        }
    }
}

fn draft_of(name: &str, role: &str, teams: &[model::TeamId], email: &str) -> UserDraft {
    UserDraft {
        name: name.to_owned(),
        email: email.to_owned(),
        role: role.to_owned(),
        teams: teams.iter().map(ToString::to_string).collect(),
        language: "ca".to_owned(),
        takes_leads: false,
        active: true,
        password: PASSWORD.to_owned(),
        ..UserDraft::default()
    }
}

/// A route without a line here is a route that nobody has thought through.
fn body_of(line: &str) -> &'static str {
    let known = BODIES.iter().chain(&PUT_BODIES).find(|(route, _)| *route == line);
    known.unwrap_or_else(|| panic!("{line} is missing from the table of bodies")).1
}

/// The status, and where it leads, with ids taken out.
fn told(answer: &Answer) -> String {
    const ID_CHARACTERS: usize = 36;
    let mut place = String::new();
    for part in answer.header("location").split_inclusive(['/', '?', '&', '=', '#']) {
        let bare = part.trim_end_matches(['/', '?', '&', '=', '#']);
        // An anchor names what sort of thing it leads to before its id.
        let (sort, id) =
            bare.split_at_checked(bare.len().saturating_sub(ID_CHARACTERS)).unwrap_or((bare, ""));
        let is_id = model::uuid::Uuid::try_parse(id).is_ok();
        place.push_str(if is_id { sort } else { bare });
        place.push_str(if is_id { ":id" } else { "" });
        place.push_str(&part[bare.len()..]);
    }
    format!("{} {place}", answer.status.as_u16()).trim().to_owned()
}

#[tokio::test]
async fn every_route_with_every_caller() {
    let company = Company::new().await;
    let mut table = String::new();
    let mut faults = Vec::new();
    let known: BTreeSet<String> =
        routes().iter().map(|route| format!("{} {}", route.method, route.path)).collect();
    for (line, _) in BODIES.iter().chain(&PUT_BODIES) {
        assert!(known.contains(*line), "{line} is in the table of bodies and not in the router");
    }
    for route in routes() {
        let line = format!("{} {}", route.method, route.path);
        write!(table, "{line:<34}").unwrap();
        for actor in ACTORS {
            let answer = company.ask(&route, actor).await;
            if answer.status.is_server_error() {
                faults.push(format!("{line} as {actor}: {}", answer.text()));
            }
            write!(table, " | {actor} {}", told(&answer)).unwrap();
        }
        table.push('\n');
    }
    assert!(faults.is_empty(), "{faults:#?}");
    expect_file!["roles/table.txt"].assert_eq(&table);
    let (records, _) = services::maintenance::verify(&company.kit.state.app).unwrap();
    assert!(records.faults.is_empty(), "{:?}", records.faults);
}

/// A session or key that was good is worth nothing once its person has left or the key was revoked.
#[tokio::test]
async fn those_who_have_left_are_out() {
    let company = Company::new().await;
    let (app, admin) = (&company.kit.state.app, company.at_work("admin"));
    let user = &company.people["rep"];
    let session = sessions::begin(app, &company.kit.ctx(), user.clone()).unwrap().secret;
    let cookie = format!("{}={session}", server::SESSION);
    let page = async || company.kit.get("/leads", &[("cookie", &cookie)]).await;
    let api = async |actor: &str| company.kit.api(Method::GET, "/leads", &company.keys[actor], &[], "").await;
    assert_eq!((page().await.status, api("rep").await.status), (StatusCode::OK, StatusCode::OK));

    let mut draft = draft_of("Raul", RoleKey::REP, &user.teams, &user.email);
    (draft.active, draft.password) = (false, String::new());
    users::update(app, &admin, user.id(), user.meta.version, &draft).unwrap();
    let answer = page().await;
    assert_eq!(told(&answer), "303 /sign-in?next=/leads");
    assert_eq!(api("rep").await.status, StatusCode::UNAUTHORIZED);
    let back = sessions::sign_in(app, &company.kit.ctx(), &user.email, PASSWORD);
    assert!(matches!(back, Err(services::Error::Unauthenticated)));
    // Back at work, the old session stays ended.
    draft.active = true;
    let version = users::get(app, &admin, user.id()).unwrap().meta.version;
    users::update(app, &admin, user.id(), version, &draft).unwrap();
    assert_eq!(told(&page().await), "303 /sign-in?next=/leads");

    assert_eq!(api("manager").await.status, StatusCode::OK);
    let keys = api_keys::list(app, &admin).unwrap();
    let key = keys.iter().find(|key| key.name == "manager").unwrap();
    api_keys::revoke(app, &admin, key.id()).unwrap();
    assert_eq!(api("manager").await.status, StatusCode::UNAUTHORIZED);
}

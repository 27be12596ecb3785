//! The rooms and the deeds without HTTP: one data folder, an injected clock, readings that follow on demand.

use model::jiff::{SignedDuration, Timestamp};
use model::{Import, ImportId, ImportState, Kind, Lead, Projection, TeamId, User, UserId, Via};
use server::Clock;
use services::leads::{self, LeadQuery};
use services::projectors::{self, Reading};
use services::users::{self, UserDraft};
use services::{App, Ctx, Error, LeadDraft, Options, imports, maintenance, setup};
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

/// 23 November 2026, 10:00 in Barcelona.
const START: &str = "2026-11-23T09:00:00Z";
pub(crate) const PASSWORD: &str = "una contrasenya llarga";

/// A data folder that is open. Whoever drops it must have settled it: work left undone is a test that looked away.
pub(crate) struct TestApp {
    readings: Vec<(Reading, Box<dyn Projection>)>,
    pub(crate) app: App,
    pub(crate) data: PathBuf,
    clock: Clock,
    milliseconds: Arc<AtomicI64>,
    may_be_pending: bool,
}

/// A clock that stands still until it is told, and a counter for randomness.
fn counting(milliseconds: &Arc<AtomicI64>, first: u64) -> Clock {
    let (shown, counter) = (milliseconds.clone(), Arc::new(AtomicU64::new(first)));
    Clock::new(
        Arc::new(move || Timestamp::from_millisecond(shown.load(Ordering::Relaxed)).unwrap()),
        Arc::new(move |bytes: &mut [u8]| {
            let mut number = counter.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            for byte in bytes {
                number = number.rotate_left(7).wrapping_add(0xA5A5);
                *byte = number.to_le_bytes()[0];
            }
        }),
    )
}

impl TestApp {
    /// A company with its administrator in a new folder.
    pub(crate) fn company(data: &Path) -> TestApp {
        let test = TestApp::open(data, Options::default());
        test.set_up();
        test
    }

    /// The same with the machine's clock, for several processes on one folder.
    pub(crate) fn company_for_real(data: &Path) -> TestApp {
        let test = TestApp::open_for_real(data, Options::default());
        test.set_up();
        test
    }

    pub(crate) fn open(data: &Path, options: Options) -> TestApp {
        let start: Timestamp = START.parse().unwrap();
        let milliseconds = Arc::new(AtomicI64::new(start.as_millisecond()));
        // Opened again, it must not make the same ids again: how often it was opened is told by the journal.
        let app = App::open(data, options).unwrap();
        let clock = counting(&milliseconds, app.head().wrapping_mul(1_000_003) + 1);
        TestApp::around(app, data, clock, milliseconds)
    }

    /// With the machine's clock and randomness: for several processes on one folder, one after the other.
    pub(crate) fn open_for_real(data: &Path, options: Options) -> TestApp {
        TestApp::around(App::open(data, options).unwrap(), data, Clock::system(), Arc::default())
    }

    fn around(app: App, data: &Path, clock: Clock, milliseconds: Arc<AtomicI64>) -> TestApp {
        let readings = Vec::new();
        TestApp { readings, app, data: data.to_owned(), clock, milliseconds, may_be_pending: false }
    }

    pub(crate) fn set_up(&self) {
        let draft = setup::SetupDraft {
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
        setup::create_company(&self.app, &self.ctx(), &draft).unwrap();
    }

    pub(crate) fn advance(&self, seconds: i64) {
        let step = i64::try_from(SignedDuration::from_secs(seconds).as_millis()).unwrap();
        self.milliseconds.fetch_add(step, Ordering::Relaxed);
    }

    pub(crate) fn ctx(&self) -> Ctx {
        self.clock.ctx(self.clock.now(), "test", model::Language::Ca)
    }

    /// The administrator at work.
    pub(crate) fn admin(&self) -> Ctx {
        self.ctx().with_caller(users::operator(&self.app).unwrap(), Via::Page)
    }

    /// Somebody else at work.
    pub(crate) fn at_work(&self, user: UserId) -> Ctx {
        self.ctx().with_caller(users::caller(&self.app, user).unwrap(), Via::Page)
    }

    pub(crate) fn default_team(&self) -> TeamId {
        services::settings::get(&self.app, &self.ctx()).unwrap().default_team
    }

    /// A person of the first team to whom leads may be given.
    pub(crate) fn hire(&self, name: &str, role: &str) -> User {
        let draft = UserDraft {
            name: name.to_owned(),
            email: format!("{}@exemple.cat", model::fold(name)),
            role: role.to_owned(),
            teams: vec![self.default_team().to_string()],
            language: "ca".to_owned(),
            takes_leads: true,
            active: true,
            password: PASSWORD.to_owned(),
            ..UserDraft::default()
        };
        users::create(&self.app, &self.admin(), &draft).unwrap()
    }

    /// A lead by hand.
    pub(crate) fn create(&self, company: &str) -> Lead {
        let draft = LeadDraft { company: company.to_owned(), ..LeadDraft::default() };
        leads::create(&self.app, &self.admin(), &draft, None).unwrap()
    }

    /// Every lead there is, through the list as the administrator turns its pages.
    pub(crate) fn all_leads(&self) -> Vec<Lead> {
        let admin = self.admin();
        let mut all = Vec::new();
        let mut query = LeadQuery { limit: leads::PAGE_MAX, ..LeadQuery::default() };
        loop {
            let page = leads::list(&self.app, &admin, &query).unwrap();
            all.extend(page.leads);
            match page.next {
                Some(next) => query.cursor = Some(next),
                None => return all,
            }
        }
    }

    /// A file taken in, its columns as they were matched, and the dry run done.
    pub(crate) fn checked_import(&self, ctx: &Ctx, file_name: &str, bytes: &[u8]) -> Import {
        let import = imports::upload(&self.app, ctx, Kind::Lead, file_name, bytes).unwrap();
        self.checked_as_planned(ctx, &import)
    }

    /// The dry run of a file with the plan that it begins with.
    pub(crate) fn checked_as_planned(&self, ctx: &Ctx, import: &Import) -> Import {
        let id = import.id();
        let plan = imports::plan(&self.app, ctx, id).unwrap();
        self.checked_with(ctx, import, plan)
    }

    pub(crate) fn checked_with(&self, ctx: &Ctx, import: &Import, plan: model::ImportPlan) -> Import {
        let (id, version) = (import.id(), import.meta.version);
        imports::set_plan(&self.app, ctx, id, version, plan).unwrap();
        self.work_to_the_end();
        let import = self.import(id);
        assert_eq!(import.state, ImportState::Checked, "{:?}", import.failure);
        import
    }

    pub(crate) fn started_import(&self, ctx: &Ctx, file_name: &str, bytes: &[u8]) -> ImportId {
        let import = self.checked_import(ctx, file_name, bytes);
        imports::start(&self.app, ctx, import.id(), import.meta.version).unwrap();
        import.id()
    }

    pub(crate) fn import(&self, id: ImportId) -> Import {
        imports::get(&self.app, &self.admin(), id).unwrap()
    }

    fn working_imports(&self) -> usize {
        let imports = imports::list(&self.app, &self.admin()).unwrap();
        imports.iter().filter(|import| import.state.is_working()).count()
    }

    /// Works until no import is left to work on.
    pub(crate) fn work_to_the_end(&self) {
        while self.working_imports() > 0 {
            self.work(|import| {
                let (done, all) = match import.state {
                    ImportState::Checking => (import.checked.done, import.sheet.rows),
                    ImportState::Undoing => (import.undo.done, import.to_take_back()),
                    _ => (import.imported.done, import.sheet.rows),
                };
                done == all && self.working_imports() == 1
            });
        }
    }

    /// The imports' worker, in this thread. Before each portion `enough` is asked; the portion is still done.
    pub(crate) fn work(&self, enough: impl FnMut(&Import) -> bool) {
        let stop = AtomicBool::new(false);
        // The worker asks once before it reads the file and then before each portion.
        let (enough, begun) = (RefCell::new(enough), RefCell::new(None));
        let ctx_for = |import: &Import| {
            let is_portion = begun.replace(Some(import.id())) == Some(import.id());
            if is_portion && (enough.borrow_mut())(import) {
                stop.store(true, Ordering::Release);
            }
            let caller = users::caller(&self.app, import.owner)?;
            Ok(self.ctx().with_caller(caller, Via::Import(import.id())))
        };
        imports::run_worker(&self.app, &ctx_for, &stop, &|error| panic!("the worker failed: {error:?}"));
    }

    /// Search and analytics take what they have not taken yet.
    pub(crate) fn settle(&mut self) {
        for reading in Reading::ALL {
            self.follow(reading);
        }
    }

    /// One of them does.
    pub(crate) fn follow(&mut self, reading: Reading) {
        if !self.readings.iter().any(|(known, _)| *known == reading) {
            self.readings.push((reading, projectors::projector(&self.app, reading).unwrap()));
        }
        let (_, projector) = self.readings.iter_mut().find(|(known, _)| *known == reading).unwrap();
        projectors::catch_up(&self.app, reading, projector.as_mut()).unwrap();
    }

    #[track_caller]
    pub(crate) fn verify(&self) {
        let (records, documents) = maintenance::verify(&self.app).unwrap();
        assert!(records.faults.is_empty(), "{:?}", records.faults);
        assert!(documents.is_clean(), "{documents:?}");
        let missing = maintenance::missing_documents(&self.app).unwrap();
        assert!(missing.is_empty(), "{missing:?}");
    }

    /// Ends in the middle of things, which the next one to open the folder is to find.
    pub(crate) fn leave(mut self) {
        self.may_be_pending = true;
    }

    /// Settled and closed; then both readings are what they are when made anew from the journal.
    pub(crate) fn close_and_compare(mut self) {
        self.settle();
        let data = self.data.clone();
        drop(self);
        let followed = contents(&data);
        for reading in Reading::ALL {
            maintenance::rebuild(&data, reading, Options::default()).unwrap();
        }
        let rebuilt = contents(&data);
        assert_eq!(followed.0, rebuilt.0, "search");
        assert_eq!(followed.1, rebuilt.1, "analytics");
    }
}

pub(crate) type Contents = (std::collections::BTreeMap<model::uuid::Uuid, search::Source>, Vec<String>);

/// All that the two readings of a closed folder hold.
pub(crate) fn contents(data: &Path) -> Contents {
    let folders = services::Folders::in_data(data);
    let search = search::Search::open(&folders.search).unwrap();
    let analytics = analytics::Analytics::open(&folders.analytics, analytics::Limits::default()).unwrap();
    (search.contents().unwrap(), analytics.contents().unwrap())
}

/// `field code` of each problem; `denied` and the like for refusals without fields; nothing where it was done.
pub(crate) fn problems<T>(outcome: Result<T, Error>) -> Vec<String> {
    match outcome {
        Ok(_) => Vec::new(),
        Err(Error::Invalid(errors)) => {
            errors.0.into_iter().map(|problem| format!("{} {}", problem.field, problem.code)).collect()
        }
        Err(error) => vec![error.code().to_owned()],
    }
}

/// The component of plugin-host's own tests that does what its setting `deed` says.
pub(crate) fn misbehaving() -> Vec<u8> {
    compiled("../core/plugin-host/tests/guests/misbehave")
}

/// The plugin of territories that comes with the program.
pub(crate) fn territories() -> Vec<u8> {
    compiled("../plugins/assign-by-territory")
}

fn compiled(folder: &str) -> Vec<u8> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    // Beside this test's own program, which is in the target folder.
    let target = std::env::current_exe().unwrap().parent().unwrap().join("../tmp/plugins");
    let file = tempfile::NamedTempFile::new().unwrap();
    if let Err(error) = services::plugins::build(&source, file.path(), &target) {
        panic!("{error}\nThis test compiles a plugin: run it through `cargo xtask test`");
    }
    std::fs::read(file.path()).unwrap()
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if self.may_be_pending || std::thread::panicking() {
            return;
        }
        assert_eq!(self.working_imports(), 0, "dropped with imports to work on");
        assert_eq!(self.bulk_at_work(), 0, "dropped with bulk jobs to work on");
        for reading in Reading::ALL {
            let cursor = self.readings.iter().find(|(known, _)| *known == reading);
            let cursor = cursor.map_or(0, |(_, projector)| projector.cursor());
            assert_eq!(cursor, self.app.head(), "dropped while {} is behind: settle first", reading.as_str());
        }
    }
}

//! Fifty kills -9: the server at random, deeds at the store's named points, readings in the middle of a commit. After
//! each, what was acknowledged is there, once, and everything agrees with everything else.

mod imports;
mod jobs;
mod quotes;
mod unanswered;

use crate::test_app::{TestApp, contents};
use model::{ImportId, ImportState, Projection};
use services::projectors::Reading;
use services::{Folders, LeadDraft, Options, api_keys, leads};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use store::Point;

/// The folder; set for a child alone.
const FOLDER: &str = "TRACTE_CRASH_FOLDER";
/// Where a child dies: `before:3`, `between:3` or `after:3`, the number being that of the commit; or what it does
/// until it is killed: `search:0`, `analytics:0`.
const DEATH: &str = "TRACTE_CRASH_DEATH";
/// A job that the child works on; it makes leads where there is none.
const DEED: &str = "TRACTE_CRASH_DEED";
/// Tells one child's leads from another's.
const RUN: &str = "TRACTE_CRASH_RUN";

/// All of a folder is looked at after each kill, so that folders are kept small: six of them, five kills each.
const RANDOM_FOLDERS: u64 = 6;
const RANDOM_KILLS: u64 = 5;
const CLIENTS: usize = 4;
/// One kill comes after so many answers at most.
const ANSWERS_MAX: u64 = 25;
/// Three portions of the worker.
const IMPORT_ROWS: u64 = 600;
const IMPORTS_MAX: usize = 2;
/// Leads that wait for a reading which is killed, and changes of one of its commits.
const WAITING: u64 = 24;
const BATCH: usize = 3;

/// What must be there.
#[derive(Default)]
struct Ledger {
    /// Names of leads that somebody was told are there.
    acknowledged: BTreeSet<String>,
    /// Imports with the word that begins the names of their rows.
    imports: Vec<(ImportId, String)>,
    kills: u64,
}

impl Ledger {
    /// A new import, checked and started, for whoever is to work on it next.
    fn begin_import(&mut self, test: &TestApp) {
        let word = format!("Fitxer{}", self.imports.len());
        let mut text = "Empresa;Correu\n".to_owned();
        for row in 0..IMPORT_ROWS {
            writeln!(text, "{word} {row};{word}.{row}@exemple.cat").unwrap();
        }
        let id = test.started_import(&test.admin(), &format!("{word}.csv"), text.as_bytes());
        self.imports.push((id, word));
    }

    /// Opens what the dead left and looks at everything.
    #[track_caller]
    fn examine(&mut self, data: &Path, death: &str) {
        self.kills += 1;
        let mut test = TestApp::open_for_real(data, Options::default());
        test.verify();
        let names: Vec<String> = test.all_leads().iter().map(|lead| lead.title().to_owned()).collect();
        let once: BTreeSet<&String> = names.iter().collect();
        assert_eq!(names.len(), once.len(), "{death}: a lead is there twice");
        for name in &self.acknowledged {
            assert!(once.contains(name), "{death}: {name} was acknowledged and is lost");
        }
        for (id, word) in &self.imports {
            let import = test.import(*id);
            let there = names.iter().filter(|name| name.split(' ').next() == Some(word)).count() as u64;
            assert_eq!(import.imported.good, there, "{death}: the import's progress is not its leads");
            assert_eq!((import.imported.bad, import.failure), (0, None), "{death}");
        }
        test.settle();
        test.leave();
        compare_with_rebuilt(data);
    }

    /// What the kills interrupted is done to its end, and has the totals it would have had without them.
    fn finish(mut self, data: &Path, what: &str) {
        let test = TestApp::open_for_real(data, Options::default());
        test.work_to_the_end();
        for (id, _) in &self.imports {
            let import = test.import(*id);
            assert_eq!((import.state, import.imported.good), (ImportState::Done, IMPORT_ROWS));
        }
        test.leave();
        let kills = self.kills;
        self.examine(data, "the end");
        println!(
            "{what}: {kills} kills, {} leads acknowledged, {} imports of {IMPORT_ROWS} rows, lost 0, doubled 0",
            self.acknowledged.len(),
            self.imports.len()
        );
    }
}

/// The readings of a closed folder against the same made from the journal in another one.
#[track_caller]
fn compare_with_rebuilt(data: &Path) {
    let fresh = tempfile::tempdir().unwrap();
    let (from, to) = (Folders::in_data(data), Folders::in_data(fresh.path()));
    let store = store::Store::open(&from.store, store::Options::default()).unwrap();
    for reading in Reading::ALL {
        let mut projector = projector_in(&to, reading);
        while projector.cursor() < store.head() {
            projector.apply(&store.journal(projector.cursor(), 5_000).unwrap()).unwrap();
        }
    }
    let (followed, rebuilt) = (contents(data), contents(fresh.path()));
    assert_eq!(followed.0, rebuilt.0, "search");
    assert_eq!(followed.1, rebuilt.1, "analytics");
}

fn projector_in(folders: &Folders, reading: Reading) -> Box<dyn Projection> {
    match reading {
        Reading::Search => Box::new(search::Search::open(&folders.search).unwrap().projector().unwrap()),
        Reading::Analytics => {
            let limits = analytics::Limits::default();
            let analytics = analytics::Analytics::open(&folders.analytics, limits).unwrap();
            Box::new(analytics.projector().unwrap())
        }
    }
}

/// A number below `end`.
fn random(end: u64) -> u64 {
    RandomState::new().build_hasher().finish() % end
}

/// Some instants, so that kills do not all come at the same one.
fn dawdle() {
    for _ in 0..random(200_000) {
        std::hint::spin_loop();
    }
}

#[test]
fn the_server_is_killed_at_random() {
    for _ in 0..RANDOM_FOLDERS {
        kill_servers();
    }
}

/// One folder, served again after each kill.
fn kill_servers() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut ledger = Ledger::default();
    let test = TestApp::open_for_real(&data, Options::default());
    test.set_up();
    let admin = test.admin();
    let draft = api_keys::ApiKeyDraft {
        name: "Botiga".to_owned(),
        user: admin.user_id().unwrap().to_string(),
        role: "rep".to_owned(),
    };
    let (_, secret) = api_keys::create(&test.app, &admin, &draft).unwrap();
    test.leave();
    let (numbers, unanswered) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    for kill in 0..RANDOM_KILLS {
        let test = TestApp::open_for_real(&data, Options::default());
        let is_working = |(id, _): &(ImportId, String)| test.import(*id).state.is_working();
        if ledger.imports.len() < IMPORTS_MAX && !ledger.imports.iter().any(is_working) {
            ledger.begin_import(&test);
        }
        test.leave();
        let wanted = 1 + random(ANSWERS_MAX);
        let answered = ask_until_killed(&data, &secret, wanted, &numbers, &unanswered);
        ledger.acknowledged.extend(answered);
        ledger.examine(&data, &format!("kill {kill} after {wanted} answers"));
    }
    ledger.finish(&data, "server, at random");
}

/// Clients create leads until enough are answered and the server is dead. A call that was not answered is made again
/// under its key the next time, as a client would.
fn ask_until_killed(
    data: &Path,
    secret: &str,
    wanted: u64,
    numbers: &AtomicU64,
    unanswered: &Mutex<Vec<String>>,
) -> Vec<String> {
    let (mut child, address) = serve(data);
    let (answers, answered) = channel();
    let mut all = Vec::new();
    std::thread::scope(|scope| {
        for _ in 0..CLIENTS {
            let (answers, address) = (answers.clone(), &address);
            scope.spawn(move || client(address, secret, numbers, unanswered, &answers));
        }
        drop(answers);
        for _ in 0..wanted {
            all.push(answered.recv().unwrap());
        }
        dawdle();
        child.kill().unwrap();
        child.wait().unwrap();
        // What was answered while it died counts too.
        all.extend(answered.iter());
    });
    all
}

fn client(
    address: &str,
    secret: &str,
    numbers: &AtomicU64,
    unanswered: &Mutex<Vec<String>>,
    answers: &Sender<String>,
) {
    let Ok(stream) = TcpStream::connect(address) else { return };
    let mut stream = BufReader::new(stream);
    loop {
        let waiting = unanswered.lock().unwrap().pop();
        let name = waiting.unwrap_or_else(|| format!("Lead {}", numbers.fetch_add(1, Ordering::Relaxed)));
        match post(&mut stream, address, secret, &name) {
            Ok(()) => answers.send(name).unwrap(),
            Err(_killed) => {
                unanswered.lock().unwrap().push(name);
                return;
            }
        }
    }
}

/// Creates a lead; `Ok` once the whole answer is here.
fn post(stream: &mut BufReader<TcpStream>, address: &str, secret: &str, name: &str) -> io::Result<()> {
    let body = format!("{{\"company\":\"{name}\"}}");
    let request = format!(
        "POST /api/v1/leads HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {secret}\r\n\
         Idempotency-Key: {name}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.get_mut().write_all(request.as_bytes())?;
    let (mut status, mut length) = (String::new(), 0);
    stream.read_line(&mut status)?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let line = line.trim().to_ascii_lowercase();
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        if line.is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    assert!(status.starts_with("HTTP/1.1 201"), "{status}{}", String::from_utf8_lossy(&body));
    Ok(())
}

/// The program as users start it, and where it listens.
#[allow(clippy::disallowed_methods, reason = "a crash test needs a process to kill")]
#[allow(
    clippy::zombie_processes,
    reason = "a server that does not start ends the test, and with it the process"
)]
fn serve(data: &Path) -> (Child, String) {
    let program = std::env::var_os("TRACTE_BIN");
    let program =
        program.expect("TRACTE_BIN names the program to test; `cargo xtask test` builds it and sets it");
    let mut child = Command::new(program)
        .current_dir(data.parent().unwrap())
        .args(["serve", "--address", "127.0.0.1:0", "--data"])
        .arg(data)
        .env_remove("TRACTE_CONFIG")
        .env("TRACTE_LOG_FORMAT", "json")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut log = BufReader::new(child.stderr.take().unwrap());
    let mut all = String::new();
    loop {
        let mut line = String::new();
        assert!(log.read_line(&mut line).unwrap() > 0, "the server does not start: {all}");
        if let Some((_, rest)) = line.split_once("\"url\":\"http://") {
            let address = rest.split('"').next().unwrap().to_owned();
            // A full pipe would hold it up.
            std::thread::spawn(move || io::copy(&mut log, &mut io::sink()));
            return (child, address);
        }
        all.push_str(&line);
    }
}

/// The store's points within a commit, each at several commits, while an import and two people write.
#[test]
fn deeds_are_killed_at_named_points() {
    if std::env::var_os(FOLDER).is_some() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut ledger = Ledger::default();
    let test = TestApp::open_for_real(&data, Options::default());
    test.set_up();
    ledger.begin_import(&test);
    test.leave();
    let mut run = 0;
    for commit in [1, 3, 7, 12] {
        for point in ["before", "between", "after"] {
            run += 1;
            let death = format!("{point}:{commit}");
            let mut child = start(&data, &death, run);
            let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
            // A line that was cut off lacks its end.
            let told =
                lines.filter_map(|line| Some(line.strip_prefix("ack ")?.strip_suffix(" ok")?.to_owned()));
            ledger.acknowledged.extend(told);
            assert!(!child.wait().unwrap().success(), "{death}: it should have died");
            ledger.examine(&data, &death);
        }
    }
    ledger.finish(&data, "deeds, at named points");
}

/// Search and analytics are killed inside one of their commits, some of them when they are made anew.
#[test]
fn readings_are_killed_in_the_middle() {
    if std::env::var_os(FOLDER).is_some() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let mut ledger = Ledger::default();
    let test = TestApp::open_for_real(&data, Options::default());
    test.set_up();
    test.leave();
    for run in 0..8_u64 {
        let test = TestApp::open_for_real(&data, Options::default());
        for number in 0..WAITING {
            let name = format!("Lead {run} {number}");
            test.create(&name);
            ledger.acknowledged.insert(name);
        }
        test.leave();
        let reading = Reading::ALL[usize::try_from(run % 2).unwrap()];
        if run % 4 >= 2 {
            let folders = Folders::in_data(&data);
            let search = reading == Reading::Search;
            std::fs::remove_dir_all(if search { folders.search } else { folders.analytics }).unwrap();
        }
        let death = format!("{}:0", reading.as_str());
        let mut child = start(&data, &death, run);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let begun = lines.by_ref().filter(|line| line == "begun").nth(usize::try_from(run / 2).unwrap());
        assert!(begun.is_some(), "{death}: it did not come so far");
        dawdle();
        child.kill().unwrap();
        child.wait().unwrap();
        ledger.examine(&data, &death);
    }
    ledger.finish(&data, "readings, in the middle");
}

/// Starts this test binary again, as the one that dies.
#[allow(clippy::disallowed_methods, reason = "a crash test needs a process to kill")]
#[allow(
    clippy::zombie_processes,
    reason = "a server that does not start ends the test, and with it the process"
)]
fn start_with(data: &Path, death: &str, run: u64, deed: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "crash::the_one_that_dies", "--nocapture"])
        .env(FOLDER, data)
        .env(DEATH, death)
        .env(RUN, run.to_string())
        .env(DEED, deed)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn start(data: &Path, death: &str, run: u64) -> Child {
    start_with(data, death, run, "")
}

#[test]
fn the_one_that_dies() {
    let Some(data) = std::env::var_os(FOLDER) else { return };
    let data = Path::new(&data);
    let death = std::env::var(DEATH).unwrap();
    let deed = std::env::var(DEED).unwrap_or_default();
    if !deed.is_empty() {
        return jobs::work(data, &deed);
    }
    match Reading::ALL.into_iter().find(|reading| death.starts_with(reading.as_str())) {
        Some(reading) => follow_slowly(data, reading),
        None => write_until_dead(data),
    }
}

/// One line in one call, so that lines of threads do not mix.
fn say(line: &str) {
    io::stdout().lock().write_all(format!("\n{line}\n").as_bytes()).unwrap();
}

fn follow_slowly(data: &Path, reading: Reading) {
    let folders = Folders::in_data(data);
    let store = store::Store::open(&folders.store, store::Options::default()).unwrap();
    let mut projector = projector_in(&folders, reading);
    while projector.cursor() < store.head() {
        let changes = store.journal(projector.cursor(), BATCH).unwrap();
        say("begun");
        projector.apply(&changes).unwrap();
    }
}

fn write_until_dead(data: &Path) {
    let options = Options {
        store: store::Options { on_point: Some(die_at_point), ..Default::default() },
        ..Default::default()
    };
    let test = TestApp::open_for_real(data, options);
    let run = std::env::var(RUN).unwrap();
    std::thread::scope(|scope| {
        for thread in 0..2 {
            let (app, ctx, run) = (test.app.clone(), test.admin(), &run);
            scope.spawn(move || {
                for number in 0..1_000 {
                    let name = format!("Lead {run} {thread} {number}");
                    let draft = LeadDraft { company: name.clone(), ..LeadDraft::default() };
                    leads::create(&app, &ctx, &draft, Some(&name)).unwrap();
                    say(&format!("ack {name} ok"));
                }
            });
        }
        test.work_to_the_end();
    });
}

fn die_at_point(point: Point) {
    static REACHED: AtomicU64 = AtomicU64::new(0);
    let death = std::env::var(DEATH).unwrap();
    let (name, commit) = death.split_once(':').unwrap();
    let wanted = match name {
        "before" => Point::BeforeCommit,
        "between" => Point::AfterFlushBeforeSync,
        _ => Point::AfterSyncBeforeAnswer,
    };
    let commit: u64 = commit.parse().unwrap();
    if point == wanted && REACHED.fetch_add(1, Ordering::SeqCst) + 1 == commit {
        std::process::abort();
    }
}

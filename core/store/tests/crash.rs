//! Kills: at named points and at random; nothing acknowledged is lost, nothing is there twice.

extern crate tracte_store as store;

#[cfg(test)]
mod crash {
    use model::jiff::Timestamp;
    use model::uuid::Uuid;
    use model::{Actor, Lead, Meta};
    use std::collections::BTreeMap;
    use std::io::{BufRead, BufReader, Write as _};
    use std::path::Path;
    use std::process::{Child, Command, Stdio};
    use std::sync::atomic::{AtomicU64, Ordering};
    use store::{Options, Point, Store, Write};

    /// The folder; set for the child alone.
    const FOLDER: &str = "TRACTE_CRASH_FOLDER";
    /// `before`, `between`, `after` and the number of the commit at which to die; or `never`.
    const DEATH: &str = "TRACTE_CRASH_DEATH";
    /// The first number the child may use.
    const FIRST: &str = "TRACTE_CRASH_FIRST";

    const THREADS: u64 = 4;
    /// Numbers of a run, of which each thread has its share.
    const RUN: u64 = 1_000_000;

    static REACHED: AtomicU64 = AtomicU64::new(0);

    #[test]
    fn nothing_acknowledged_is_lost_and_nothing_doubled() {
        if std::env::var_os(FOLDER).is_some() {
            return;
        }
        let dir = tempfile::tempdir().unwrap();
        let mut acknowledged = BTreeMap::new();
        let mut deaths: Vec<String> = Vec::new();
        for commit in [1, 2, 7, 20] {
            deaths.extend(["before", "between", "after"].map(|point| format!("{point}:{commit}")));
        }
        deaths
            .extend([1, 3, 10, 20, 30, 50, 70, 90, 120, 150, 200, 300].map(|lines| format!("never:{lines}")));
        for (run, death) in (1..).zip(&deaths) {
            let mut child = start_as("crash::the_one_that_dies", dir.path(), death, run * RUN);
            let lines = death.strip_prefix("never:").map_or(usize::MAX, |lines| lines.parse().unwrap());
            listen(&mut child, lines, &mut acknowledged);
            examine(dir.path(), &acknowledged, death);
        }
        assert!(deaths.len() >= 20 && acknowledged.len() > deaths.len());
    }

    /// Starts this test binary again, as the one that dies.
    #[allow(clippy::disallowed_methods, reason = "a crash test needs a process to kill")]
    fn start_as(name: &str, dir: &Path, death: &str, first: u64) -> Child {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name, "--nocapture"])
            .env(FOLDER, dir)
            .env(DEATH, death)
            .env(FIRST, first.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// Notes what is acknowledged; after so many lines kills. What is still in the pipe counts too.
    fn listen(child: &mut Child, kill_after: usize, acknowledged: &mut BTreeMap<u64, u64>) {
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut count = 0;
        for line in lines {
            let line = line.unwrap();
            // A line that the kill cut off lacks its end mark.
            let Some((number, seq)) = line
                .strip_prefix("ack ")
                .and_then(|rest| rest.strip_suffix(" ok"))
                .and_then(|rest| rest.split_once(' '))
            else {
                continue;
            };
            acknowledged.insert(number.parse().unwrap(), seq.parse().unwrap());
            count += 1;
            if count == kill_after {
                child.kill().unwrap();
            }
        }
        child.wait().unwrap();
    }

    /// Opens what the dead left, looks for every acknowledged write, and for doubled ones.
    fn examine(dir: &Path, acknowledged: &BTreeMap<u64, u64>, death: &str) {
        let store = Store::open(dir, Options::default()).unwrap();
        let faults = store.verify().unwrap().faults;
        assert!(faults.is_empty(), "{death}: {faults:?}");
        let head = store.head();
        let mut changes = BTreeMap::new();
        let mut cursor = 0;
        while cursor < head {
            for change in store.journal(cursor, 1_000).unwrap() {
                cursor = change.seq;
                let twice = changes.insert((change.id, change.version), change.seq);
                assert_eq!(twice, None, "{death}: {} twice", change.id);
            }
        }
        for (number, seq) in acknowledged {
            let id = Uuid::from_u128(u128::from(*number));
            let lead: Option<Lead> = store.get(id).unwrap();
            assert_eq!(lead.map(|lead| lead.meta.version), Some(2), "{death}: {number} is lost");
            assert_eq!(changes.get(&(id, 2)), Some(seq), "{death}: {number} has another place");
            assert_eq!(store.once(&number.to_string()).unwrap(), Some(id));
        }
        // Each write took one number and made one lead; the two go together.
        let created = changes.keys().filter(|(_, version)| *version == 1).count();
        assert_eq!(store.counter("leads").unwrap(), created as u64, "{death}");
        store.close();
    }

    /// Changes whose addresses are to be forgotten, in portions of 200.
    const OLD: u64 = 900;
    const ADDRESS: &str = "192.0.2.7";

    /// Killed anywhere, it goes on where it was: what is counted as forgotten is, and the rest of the journal is as it was.
    #[test]
    fn forgetting_goes_on_where_it_was_killed() {
        if std::env::var_os(FOLDER).is_some() {
            return;
        }
        for death in ["before:1", "between:2", "after:3", "before:4", "after:5"] {
            let dir = tempfile::tempdir().unwrap();
            let store = Store::open(dir.path(), Options::default()).unwrap();
            for number in 0..OLD {
                let (at, id) = (Timestamp::UNIX_EPOCH, Uuid::from_u128(u128::from(number)));
                let mut write =
                    Write::new(at, Actor::SYSTEM, "old").from_address(Some(ADDRESS.parse().unwrap()));
                write.create(Lead::new(Meta::new(id, at, Actor::SYSTEM)));
                store.commit(write).unwrap();
            }
            let before = store.journal(0, 1_000).unwrap();
            store.close();
            start_as("crash::the_one_that_forgets", dir.path(), death, 0).wait().unwrap();
            let store = Store::open(dir.path(), Options::default()).unwrap();
            for _ in 0..2 {
                let forgotten = store.counter(store::FORGOTTEN).unwrap();
                let after = store.journal(0, 1_000).unwrap();
                assert!(store.verify().unwrap().faults.is_empty(), "{death}");
                for (before, after) in before.iter().zip(&after) {
                    assert_eq!(after.address.is_none(), after.seq <= forgotten, "{death}: {}", after.seq);
                    let without = |change: &model::Change| model::Change { address: None, ..change.clone() };
                    assert_eq!(without(before), without(after), "{death}");
                }
                store.forget_addresses(Timestamp::from_second(1).unwrap()).unwrap();
            }
            assert_eq!(store.counter(store::FORGOTTEN).unwrap(), OLD);
            store.close();
        }
    }

    #[test]
    fn the_one_that_forgets() {
        let Some(dir) = std::env::var_os(FOLDER) else { return };
        let options = Options { on_point: Some(die_at_point), ..Options::default() };
        let store = Store::open(Path::new(&dir), options).unwrap();
        store.forget_addresses(Timestamp::from_second(1).unwrap()).unwrap();
        std::process::exit(0);
    }

    #[test]
    fn the_one_that_dies() {
        let Some(dir) = std::env::var_os(FOLDER) else { return };
        let first: u64 = std::env::var(FIRST).unwrap().parse().unwrap();
        let options = Options { on_point: Some(die_at_point), ..Options::default() };
        let store = Store::open(Path::new(&dir), options).unwrap();
        std::thread::scope(|scope| {
            for thread in 0..THREADS {
                let store = store.clone();
                scope.spawn(move || {
                    for number in (first + thread..first + RUN).step_by(4) {
                        acknowledge(&store, number);
                    }
                });
            }
        });
    }

    /// Two writes about a lead; then one line, in one call, so that lines of threads do not mix.
    fn acknowledge(store: &Store, number: u64) {
        let id = Uuid::from_u128(u128::from(number));
        let at = Timestamp::UNIX_EPOCH;
        let mut create = Write::new(at, Actor::SYSTEM, "crash");
        let lead = Lead::new(Meta::new(id, at, Actor::SYSTEM));
        let made = lead.clone();
        create.put_once(&number.to_string(), id);
        create.take_numbers(vec![("leads".to_owned(), 1)], Box::new(|_, write| write.create(made)));
        store.commit(create).unwrap();
        let mut update = Write::new(at, Actor::SYSTEM, "crash");
        update.update(&lead, Lead { company: Some("x".repeat(500)), ..lead.clone() });
        let seq = store.commit(update).unwrap().seq;
        // A write's place is the end of the journal after it, for it made one change.
        std::io::stdout().lock().write_all(format!("\nack {number} {seq} ok\n").as_bytes()).unwrap();
    }

    fn die_at_point(point: Point) {
        let death = std::env::var(DEATH).unwrap();
        let (name, commit) = death.split_once(':').unwrap();
        let wanted = match name {
            "before" => Point::BeforeCommit,
            "between" => Point::AfterFlushBeforeSync,
            "after" => Point::AfterSyncBeforeAnswer,
            _ => return,
        };
        let commit: u64 = commit.parse().unwrap();
        if point == wanted && REACHED.fetch_add(1, Ordering::SeqCst) + 1 == commit {
            std::process::abort();
        }
    }
}

//! What imports keep of people beside the records, and that it goes; and what becomes of imports when the disk is full.

use crate::process::Server;
use crate::test_app::TestApp;
use model::{ChangedSince, ImportPlan, ImportState, Kind, MendedValue, Mending, RoleKey, UndoOutcome};
use services::imports::{self, KEPT_DAYS};
use services::{Error, Options, api_keys, leads, maintenance, privacy};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

const NAME: &str = "Montserrat Esborrable";
const EMAIL: &str = "montserrat@exemple-privat.cat";

fn export(test: &TestApp) -> String {
    let mut bytes = Vec::new();
    maintenance::export(&test.app, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Whoever is erased is erased in what was mended, found wrong and kept as a template, too; others stay.
#[test]
fn an_erasure_reaches_what_imports_keep() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(&folder.path().join("data"));
    let admin = test.admin();
    let text = format!("Nom;Correu;Import\n{NAME};{EMAIL};10\n");
    let id = test.started_import(&admin, "llista.csv", text.as_bytes());
    test.work_to_the_end();
    // Another file quotes them in a problem, in a value that was mended and in a template.
    let text = format!("Nom;Correu;Import\nPere;{NAME};10\nAnna;ningú;11\n");
    let other = imports::upload(&test.app, &admin, Kind::Lead, "altra.csv", text.as_bytes()).unwrap();
    let mend = |value: &str, to: &str| MendedValue {
        target: "email".into(),
        value: value.into(),
        mending: Mending::Replace(to.into()),
    };
    let mut plan: ImportPlan = imports::plan(&test.app, &admin, other.id()).unwrap();
    plan.mended = vec![mend("res", EMAIL), mend("ningu", "ningu@exemple.cat")];
    test.checked_with(&admin, &other, plan);
    imports::save_template(&test.app, &admin, other.id(), "Fira").unwrap();
    let problems = imports::problem_rows(&test.app, &admin, other.id()).unwrap();
    assert_eq!(problems.len(), 2, "their name is no address, and so is «ningú»");

    let lead = test.all_leads().into_iter().find(|lead| lead.name.as_deref() == Some(NAME)).unwrap();
    privacy::erase(&test.app, &admin, Kind::Lead, lead.meta.id, lead.meta.version, NAME).unwrap();
    while privacy::finish_pending(&test.app).unwrap() {}
    let left = export(&test);
    assert!(!left.contains("Esborrable") && !left.contains("exemple-privat"), "nothing says who it was");
    let problems = imports::problem_rows(&test.app, &admin, other.id()).unwrap();
    let details: Vec<&str> = problems.iter().map(|row| row.problems[0].detail.as_str()).collect();
    assert_eq!(details, ["", "ningú"], "the rows stay, and what is said of others");
    let mended = imports::plan(&test.app, &admin, other.id()).unwrap().mended;
    assert_eq!(mended, [mend("ningu", "ningu@exemple.cat")]);
    let gone = imports::failed_rows(&test.app, &admin, id, "Motiu", &|_| String::new());
    assert!(matches!(gone, Err(Error::NotFound)), "the file they came with is gone");
    test.settle();
    test.verify();
}

/// After its time the file goes, with what was found wrong and mended in it; what went in can still be taken back.
#[test]
fn files_of_imports_are_forgotten_after_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(&folder.path().join("data"));
    let admin = test.admin();
    let text = format!("Nom;Correu;Codi\n{NAME};{EMAIL};1\nPere;arrova;2\n");
    let id = test.started_import(&admin, "llista.csv", text.as_bytes());
    test.work_to_the_end();
    let waiting = imports::upload(&test.app, &admin, Kind::Lead, "altra.csv", b"Nom;Codi\nAnna;3\n").unwrap();
    let day = 24 * 3_600;
    test.advance((KEPT_DAYS - 1) * day);
    assert_eq!(imports::forget_old(&test.app, test.ctx().at).unwrap(), 0, "not yet");
    test.advance(2 * day);
    // The same file again: it is kept for the younger one.
    let younger =
        imports::upload(&test.app, &test.admin(), Kind::Lead, "llista.csv", text.as_bytes()).unwrap();
    assert_eq!(imports::forget_old(&test.app, test.ctx().at).unwrap(), 2);
    assert_eq!(imports::forget_old(&test.app, test.ctx().at).unwrap(), 0, "once");
    let admin = test.admin();
    assert!(imports::problem_rows(&test.app, &admin, id).unwrap().is_empty());
    assert!(imports::columns(&test.app, &admin, younger.id()).is_ok());
    assert_eq!(test.import(waiting.id()).state, ImportState::Cancelled, "without a file it cannot go on");
    let done = test.import(id);
    assert!(done.forgotten_at.is_some() && done.imported.created == 1);
    imports::undo(&test.app, &admin, id, done.meta.version, ChangedSince::Keep).unwrap();
    test.work_to_the_end();
    assert_eq!(test.import(id).undo.undone, 1);
    assert!(test.all_leads().is_empty());
    test.settle();
    test.verify();
}

/// With too little room on the disk nothing is taken in, and what runs waits, says so, and goes on by itself.
#[test]
fn imports_wait_for_room_on_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let test = TestApp::company(&data);
    test.hire("Berta", RoleKey::REP);
    let lines: String = (0..900).map(|row| format!("Empresa {row};K{row}\n")).collect();
    let file = format!("Empresa;Codi\n{lines}");
    let id = test.started_import(&test.admin(), "llista.csv", file.as_bytes());
    test.work(|import| import.imported.done >= 400);
    let before = test.import(id).imported.done;
    test.leave();

    let full = Options { free_disk_bytes: u64::MAX, ..Options::default() };
    let test = TestApp::open(&data, full);
    test.work(|_| true);
    let waits = test.import(id);
    assert_eq!((waits.state, waits.failure.as_deref()), (ImportState::Running, Some("disk-full")));
    assert_eq!(waits.imported.done, before, "whole portions or nothing");
    let refused = imports::upload(&test.app, &test.admin(), Kind::Lead, "b.csv", file.as_bytes());
    assert!(matches!(refused, Err(Error::Invalid(errors)) if errors.0[0].code == "disk-full"));
    test.leave();

    let mut test = TestApp::open(&data, Options::default());
    test.work_to_the_end();
    let done = test.import(id);
    assert_eq!((done.state, done.imported.created, done.failure.as_deref()), (ImportState::Done, 900, None));
    assert_eq!(test.all_leads().len(), 900);

    // Taking back waits, too.
    imports::undo(&test.app, &test.admin(), id, done.meta.version, ChangedSince::Keep).unwrap();
    test.settle();
    test.leave();
    let test = TestApp::open(&data, Options { free_disk_bytes: u64::MAX, ..Options::default() });
    test.work(|_| true);
    assert_eq!(test.import(id).failure.as_deref(), Some("disk-full"));
    assert_eq!(test.import(id).undo.done, 0);
    test.leave();
    let mut test = TestApp::open(&data, Options::default());
    test.work_to_the_end();
    let undone = test.import(id);
    assert_eq!((undone.undo.undone, undone.failure.as_deref()), (900, None));
    let rows = imports::rows(&test.app, &test.admin(), id, imports::Asked::NotTakenBack).unwrap();
    assert!(rows.iter().all(|row| row.undo != Some(UndoOutcome::Kept)));
    test.settle();
    test.verify();
}

/// A company with a key, closed again.
fn with_a_key(data: &std::path::Path) -> String {
    let test = TestApp::open_for_real(data, Options::default());
    test.set_up();
    let admin = test.admin();
    let draft = api_keys::ApiKeyDraft {
        name: "Botiga".to_owned(),
        user: admin.user_id().unwrap().to_string(),
        role: "administrator".to_owned(),
    };
    let secret = api_keys::create(&test.app, &admin, &draft).unwrap().1;
    test.leave();
    secret
}

/// Three hundred megabytes: told the limit at once or after the last byte, and never held in memory.
#[test]
fn three_hundred_megabytes_are_refused_without_being_held() {
    const MEGABYTES: usize = 300;
    /// The upload's limit is 64 MB; what is beyond it is thrown away as it comes.
    const GROWTH_KB_MAX: u64 = 150 * 1024;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let secret = with_a_key(&data);
    let server = Server::start(&data, &[]);
    let peak = || server.memory_kb("VmHWM");
    let before = peak();
    let piece = vec![b'a'; 1024 * 1024];
    for is_told in [true, false] {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        let length = match is_told {
            true => format!("Content-Length: {}", MEGABYTES * piece.len()),
            false => "Transfer-Encoding: chunked".to_owned(),
        };
        write!(
            stream,
            "POST /api/v1/imports?entity=lead&file_name=gran.csv HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {secret}\r\n\
             Content-Type: application/octet-stream\r\nConnection: close\r\n{length}\r\n\r\n",
            server.address
        )
        .unwrap();
        for _ in 0..MEGABYTES {
            let sent = match is_told {
                true => stream.write_all(&piece),
                false => write!(stream, "{:x}\r\n", piece.len())
                    .and_then(|()| stream.write_all(&piece))
                    .and_then(|()| stream.write_all(b"\r\n")),
            };
            // Who did not say how much is coming is not listened to once it is too much.
            if sent.is_err() {
                assert!(!is_told);
                break;
            }
        }
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer);
        if is_told {
            assert!(read.is_ok() && answer.starts_with("HTTP/1.1 413"), "{answer}");
            assert!(answer.contains("\"code\":\"too-large\""), "{answer}");
        } else {
            assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 413"), "{answer}");
        }
    }
    let grown = peak() - before;
    println!("300 MB twice: the server's peak grew by {} MB", grown / 1024);
    assert!(grown < GROWTH_KB_MAX, "{grown} kB");
    assert!(server.get("/healthz").starts_with("HTTP/1.1 200"));
}

/// The disk ends in the middle of a run: whole portions are there, nothing half; started again with room, it goes on.
#[test]
fn a_run_survives_the_end_of_the_disk() {
    const ROWS: u64 = 6_000;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    with_a_key(&data);
    let test = TestApp::open_for_real(&data, Options::default());
    let lines: String =
        (0..ROWS).map(|row| format!("Empresa {row};K{row};{}\n", "Una nota llarga. ".repeat(20))).collect();
    let id =
        test.started_import(&test.admin(), "llista.csv", format!("Empresa;Codi;Notes\n{lines}").as_bytes());
    test.leave();
    // No file may become longer than a little more than the store is now.
    let store = services::Folders::in_data(&data).store.join("db");
    let blocks = std::fs::metadata(store).unwrap().len() / 1024 + 6 * 1024;
    let mut server = Server::start_with_files_up_to(&data, blocks);
    // The operator reads what to do.
    server.log_until("check the disk and its free space");
    drop(server);

    let mut test = TestApp::open_for_real(&data, Options::default());
    test.verify();
    let halfway = test.import(id);
    assert!(halfway.state == ImportState::Running && halfway.imported.done < ROWS, "{:?}", halfway.imported);
    assert_eq!(test.all_leads().len() as u64, halfway.imported.created, "whole portions, nothing half");
    test.work_to_the_end();
    let done = test.import(id);
    assert_eq!((done.state, done.imported.created, done.imported.bad), (ImportState::Done, ROWS, 0));
    assert_eq!(test.all_leads().len() as u64, ROWS);
    let first = test.all_leads()[0].meta.id;
    assert!(leads::get(&test.app, &test.admin(), model::LeadId(first)).is_ok());
    test.settle();
    test.verify();
}

fn files_below(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| if path.is_dir() { files_below(&path) } else { 1 }).sum()
}

/// A deleted import leaves nothing behind; its file goes with the last import of it.
#[test]
fn a_deleted_import_takes_its_file_along() {
    let folder = tempfile::tempdir().unwrap();
    let mut test = TestApp::company(&folder.path().join("data"));
    let (admin, documents) = (test.admin(), test.data.join("documents"));
    let before = files_below(&documents);
    let text = format!("Nom;Correu\n{NAME};cap adreça\n");
    let upload = || imports::upload(&test.app, &admin, Kind::Lead, "llista.csv", text.as_bytes()).unwrap();
    let (first, second) = (upload(), upload());
    test.checked_as_planned(&admin, &first);
    imports::delete(&test.app, &admin, first.id()).unwrap();
    assert_eq!(files_below(&documents), before + 1, "another import has it, too");
    imports::delete(&test.app, &admin, second.id()).unwrap();
    assert_eq!(files_below(&documents), before);
    assert!(imports::list(&test.app, &admin).unwrap().is_empty());
    let id = test.started_import(&admin, "llista.csv", b"Nom\nAnna\n");
    assert!(matches!(imports::delete(&test.app, &admin, id), Err(Error::Invalid(_))), "it goes in already");
    test.work_to_the_end();
    test.settle();
    test.verify();
}

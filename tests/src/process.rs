//! The program as it is started: one data folder, one server, an orderly stop, and an operator's subcommands.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The program under test; `cargo xtask test` builds it and says where it is.
pub(crate) fn program() -> PathBuf {
    let path = std::env::var_os("TRACTE_BIN").map(PathBuf::from);
    path.expect("TRACTE_BIN names the program to test; `cargo xtask test` builds it and sets it")
}

#[allow(clippy::disallowed_methods)] // The product is started here as its users start it.
fn tracte(data: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(program());
    // Away from the work tree, whose config.toml is not what is tested.
    command
        .current_dir(data.parent().unwrap())
        .args(words)
        .arg("--data")
        .arg(data)
        .env_remove("TRACTE_CONFIG");
    command
}

fn run(data: &Path, words: &[&str]) -> Output {
    tracte(data, words).output().unwrap()
}

fn words(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A running server; killed if a test fails before it stops it.
pub(crate) struct Server {
    child: Child,
    log: BufReader<std::process::ChildStderr>,
    pub(crate) address: String,
}

impl Server {
    pub(crate) fn start(data: &Path, more: &[&str]) -> Server {
        Server::begin(tracte(data, &[&["serve", "--address", "127.0.0.1:0"], more].concat()))
    }

    /// The same where no file may have more than so many kilobytes: to a program it is a full disk.
    #[allow(clippy::disallowed_methods)] // The limit is the shell's to set.
    pub(crate) fn start_with_files_up_to(data: &Path, kilobytes: u64) -> Server {
        let mut command = Command::new("bash");
        // Ignored, the signal becomes the error of the write.
        let script = format!("trap '' XFSZ; ulimit -f {kilobytes}; exec \"$@\"");
        command
            .current_dir(data.parent().unwrap())
            .args(["-c", &script, "tracte"])
            .arg(program())
            .args(["serve", "--address", "127.0.0.1:0", "--data"])
            .arg(data)
            .env_remove("TRACTE_CONFIG");
        Server::begin(command)
    }

    fn begin(mut command: Command) -> Server {
        let mut child = command
            .env("TRACTE_LOG_FORMAT", "json")
            .stderr(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut address = String::new();
        let mut all = String::new();
        while address.is_empty() {
            let mut line = String::new();
            assert!(log.read_line(&mut line).unwrap() > 0, "the server ended: {all}");
            if let Some((_, rest)) = line.split_once("\"url\":\"http://") {
                address = rest.split('"').next().unwrap().to_owned();
            }
            all.push_str(&line);
        }
        Server { child, log, address }
    }

    /// A figure of `/proc/…/status`, such as `VmHWM`, the most memory it ever had.
    pub(crate) fn memory_kb(&self, figure: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find(|line| line.starts_with(figure)).unwrap();
        line.split_whitespace().nth(1).unwrap().parse().unwrap()
    }

    /// What it writes into its log, up to a line that says this.
    pub(crate) fn log_until(&mut self, text: &str) -> String {
        let mut all = String::new();
        while !all.contains(text) {
            let read = self.log.read_line(&mut all).unwrap();
            assert!(read > 0, "the server ended: {all}");
        }
        all
    }

    pub(crate) fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    /// SIGTERM, as the system sends it.
    fn stop(mut self) -> (Option<i32>, String) {
        let id = self.child.id().to_string();
        #[allow(clippy::disallowed_methods)] // The standard library sends no signals but the hard one.
        let sent = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(sent.success());
        let mut log = String::new();
        self.log.read_to_string(&mut log).unwrap();
        (self.child.wait().unwrap().code(), log)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Fails when it has ended already, as it should have.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_folder_is_served_once_stopped_in_order_and_moved_by_export() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let server = Server::start(&data, &["--demo"]);
    let answer = server.get("/healthz");
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("ok\n"), "{answer}");

    let second = run(&data, &["serve", "--address", "127.0.0.1:0"]);
    assert_eq!(second.status.code(), Some(1));
    assert!(words(&second).contains("being used by another Tracte"), "{}", words(&second));

    // The server makes it, for whoever asks from beside it.
    let beside = folder.path().join("beside");
    let asked = run(&data, &["backup", beside.to_str().unwrap()]);
    assert!(asked.status.success() && words(&asked).contains("written to"), "{}", words(&asked));
    let twice = run(&data, &["backup", beside.to_str().unwrap()]);
    assert!(words(&twice).contains("exists already"), "{}", words(&twice));

    let (code, log) = server.stop();
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("everything acknowledged is on disk"), "{log}");

    let verified = run(&data, &["verify"]);
    assert!(verified.status.success() && words(&verified).contains("all well"), "{}", words(&verified));
    let export = folder.path().join("export.jsonl");
    let exported = run(&data, &["export", export.to_str().unwrap()]);
    assert!(exported.status.success(), "{}", words(&exported));
    let other = folder.path().join("other");
    let imported = run(&other, &["import", export.to_str().unwrap()]);
    assert!(imported.status.success(), "{}", words(&imported));
    let again = run(&other, &["import", export.to_str().unwrap()]);
    assert!(!again.status.success(), "an import needs an empty folder: {}", words(&again));
    for reading in ["search", "analytics"] {
        let rebuilt = run(&other, &["rebuild", reading]);
        assert!(
            rebuilt.status.success() && words(&rebuilt).contains("made anew from"),
            "{}",
            words(&rebuilt)
        );
    }
    let printed = run(&other, &["export", "-"]);
    assert_eq!(
        String::from_utf8_lossy(&printed.stdout).lines().count(),
        std::fs::read_to_string(&export).unwrap().lines().count()
    );
    let backup = folder.path().join("backup");
    assert!(run(&data, &["backup", backup.to_str().unwrap()]).status.success());
    for (name, backup) in [("third", &backup), ("fourth", &beside)] {
        let fresh = folder.path().join(name);
        assert!(run(&fresh, &["restore", backup.to_str().unwrap()]).status.success());
        assert!(run(&fresh, &["verify"]).status.success());
    }
}

#[test]
fn a_wrong_setting_stops_the_start_and_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::write(folder.path().join("config.toml"), "demo = false\nadress = \"127.0.0.1:1\"\n").unwrap();
    let refused = run(&data, &["serve"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(words(&refused).contains("config.toml, line 2: unknown field `adress`"), "{}", words(&refused));
    assert!(!data.exists(), "nothing was begun");
    let nothing = run(&folder.path().join("nothing"), &["verify", "--config", "/dev/null"]);
    assert!(words(&nothing).contains("there is no data folder"), "{}", words(&nothing));
    let printed = run(&data, &["config", "--config", "/dev/null"]);
    assert!(words(&printed).contains("address = \"127.0.0.1:7180\""), "{}", words(&printed));
}

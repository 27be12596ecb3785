//! The processes this room starts: cargo for a plugin's source, and our own binary as compiler.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;

use crate::limits::COMPILE_TIME_MAX;

/// What a failed child said, at most.
const STDERR_BYTES_MAX: u64 = 16 << 10;

/// Why a child process did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    #[error("{} cannot be started", program.display())]
    Start {
        program: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{} was stopped after {seconds} s", program.display())]
    TooSlow { program: PathBuf, seconds: u64 },
    #[error("{} ended with {status}: {stderr}", program.display())]
    Failed { program: PathBuf, status: String, stderr: String },
}

/// A command of ours. The one place in the rooms that makes one, so that it is easy to see what Tracte starts.
#[allow(clippy::disallowed_methods)] // This is the one place.
pub(crate) fn command(program: &Path) -> Command {
    Command::new(program)
}

/// Runs `<compiler> plugin compile <component> <compiled>` and waits for it, for a limited time.
pub(crate) fn compile(compiler: &Path, component: &Path, compiled: &Path) -> Result<(), ProcessError> {
    let start = |source| ProcessError::Start { program: compiler.to_owned(), source };
    let mut command = command(compiler);
    command.args(["plugin", "compile"]).arg(component).arg(compiled);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(start)?;
    let (sender, receiver) = mpsc::channel();
    if let Some(stderr) = child.stderr.take() {
        // Ends with the child, which closes the pipe: so reading it is waiting for it.
        std::thread::spawn(move || {
            let mut text = Vec::new();
            let mut beginning = stderr.take(STDERR_BYTES_MAX);
            // What could be read is all that can be told; the exit status decides.
            let _ = beginning.read_to_end(&mut text);
            let _ = std::io::copy(&mut beginning.into_inner(), &mut std::io::sink());
            let _ = sender.send(String::from_utf8_lossy(&text).trim().to_owned());
        });
    }
    let Ok(stderr) = receiver.recv_timeout(COMPILE_TIME_MAX) else {
        // Both fail only when the child is gone already.
        let _ = child.kill();
        let _ = child.wait();
        return Err(ProcessError::TooSlow {
            program: compiler.to_owned(),
            seconds: COMPILE_TIME_MAX.as_secs(),
        });
    };
    let status = child.wait().map_err(start)?;
    if status.success() {
        return Ok(());
    }
    Err(ProcessError::Failed { program: compiler.to_owned(), status: status.to_string(), stderr })
}

//! Reading PDF in a process of its own, which is ended when it takes too long: no file keeps the server from its work.

use crate::text::{TEXT_CHARACTERS_MAX, single_spaced};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Duration;

/// What the files are.
pub const PDF: &str = "application/pdf";
/// What the program is told to do.
const WORD: &str = "read-pdf";
/// On a busy machine the process has less than all of its time.
const WAIT_MAX: Duration = Duration::from_secs(15);
/// No character has more than four bytes; one more is too much.
const OUTPUT_BYTES_MAX: u64 = 4 * TEXT_CHARACTERS_MAX as u64 + 1;

/// The program that reads PDF, one at a time.
#[derive(Debug)]
pub struct PdfReader {
    program: PathBuf,
    turn: Mutex<()>,
}

impl PdfReader {
    /// `<program> read-pdf` calls [`crate::read_pdf`].
    pub fn new(program: &Path) -> PdfReader {
        PdfReader { program: program.to_owned(), turn: Mutex::default() }
    }

    /// The words of a PDF with single spaces between, up to [`TEXT_CHARACTERS_MAX`]; nothing where none can be read, for
    /// whatever reason.
    pub fn text_of(&self, pdf: File) -> String {
        let _turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        single_spaced(&self.output(pdf).unwrap_or_default())
    }

    #[allow(clippy::disallowed_methods)] // The one process of this room.
    fn output(&self, pdf: File) -> Option<String> {
        let mut child = Command::new(&self.program)
            .arg(WORD)
            // The allocator would otherwise reserve all that the process may take before it needs any.
            .env("MIMALLOC_ARENA_RESERVE", "32M")
            .stdin(pdf)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let (sender, receiver) = mpsc::channel();
        if let Some(stdout) = child.stdout.take() {
            // Ends with the child, which closes the pipe: so reading it is waiting for it.
            std::thread::spawn(move || {
                let mut output = Vec::new();
                let read = stdout.take(OUTPUT_BYTES_MAX).read_to_end(&mut output);
                // Whoever waited may have given up.
                let _ = sender.send(read.map(|_| output));
            });
        }
        let output = receiver.recv_timeout(WAIT_MAX).ok().and_then(Result::ok);
        let output = output.filter(|output| (output.len() as u64) < OUTPUT_BYTES_MAX);
        if output.is_none() {
            // Fails only when the child is gone already.
            let _ = child.kill();
        }
        let status = child.wait().ok()?;
        String::from_utf8(output.filter(|_| status.success())?).ok()
    }
}

//! The numbered lines a person reads while a command works: what it does, how it ended, how long it took.

use std::io::Write;
use std::time::Instant;

use anyhow::Result;

/// The steps of one command: `[2/6] libduckdb 1.5.6 … already here (0.0 s)`.
pub(crate) struct Steps {
    total: usize,
    number: usize,
    line_is_open: bool,
}

impl Steps {
    /// A command of `total` steps.
    pub(crate) fn new(total: usize) -> Self {
        Self { total, number: 0, line_is_open: false }
    }

    /// Runs one step. `work` returns the words that end its line.
    pub(crate) fn step(&mut self, title: &str, work: impl FnOnce(&mut Self) -> Result<String>) -> Result<()> {
        self.number += 1;
        print!("[{}/{}] {title} … ", self.number, self.total);
        self.line_is_open = true;
        // A terminal that is gone must not stop the work.
        std::io::stdout().flush().ok();
        let started = Instant::now();
        let outcome = work(self);
        let indent = if self.line_is_open { "" } else { "      " };
        let seconds = started.elapsed().as_secs_f64();
        match &outcome {
            Ok(words) => println!("{indent}{words} ({seconds:.1} s)"),
            Err(_) => println!("{indent}FAILED ({seconds:.1} s)"),
        }
        outcome.map(drop)
    }

    /// A line of progress inside a step, or what must be said before another program writes to the terminal.
    pub(crate) fn say(&mut self, words: &str) {
        if self.line_is_open {
            println!();
            self.line_is_open = false;
        }
        println!("      {words}");
    }
}

//! The room from outside: leads and notes in through the journal, hits out.

mod following;
mod journal;
mod queries;

//! The room from outside: leads in through the journal, reports out.

mod following;
mod journal;
mod naive;
mod reports;
mod sealing;

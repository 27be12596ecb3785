//! The room from outside: leads in through the journal, reports out.

#[cfg(test)]
mod following;
#[cfg(test)]
mod journal;
#[cfg(test)]
mod naive;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod sealing;

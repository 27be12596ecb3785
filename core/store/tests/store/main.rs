//! The store as its users meet it: one binary.

extern crate tracte_store as store;

#[cfg(test)]
mod commit;
#[cfg(test)]
mod common;
#[cfg(test)]
mod contract;
#[cfg(test)]
mod deeds;
#[cfg(test)]
mod look;
#[cfg(test)]
mod memory;
#[cfg(test)]
mod open;
#[cfg(test)]
mod redact;
#[cfg(test)]
mod streams;
#[cfg(test)]
mod threads;

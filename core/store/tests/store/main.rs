//! The store as its users meet it: one binary.

extern crate tracte_store as store;

#[cfg(test)]
mod commit;
#[cfg(test)]
mod common;

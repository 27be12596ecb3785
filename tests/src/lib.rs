//! The product as its users meet it, and tidy checks over our own source: one test binary.
#![doc = include_str!("../README.md")]

#[cfg(test)]
mod tidy;

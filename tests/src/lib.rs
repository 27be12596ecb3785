//! The product as its users meet it, and tidy checks over our own source: one test binary.
#![doc = include_str!("../README.md")]

#[cfg(test)]
mod activities;
#[cfg(test)]
mod answers;
#[cfg(test)]
mod assignment;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod audit_words;
#[cfg(test)]
mod backups;
#[cfg(test)]
mod big_config;
#[cfg(test)]
mod board;
#[cfg(test)]
mod bulk;
#[cfg(test)]
mod choices;
#[cfg(test)]
mod company;
#[cfg(test)]
mod consents;
#[cfg(test)]
mod conversion;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod currencies;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod document_texts;
#[cfg(test)]
mod documents;
#[cfg(test)]
mod duplicates;
#[cfg(test)]
mod evidence;
#[cfg(test)]
mod http_api;
#[cfg(test)]
mod http_config;
#[cfg(test)]
mod http_kit;
#[cfg(test)]
mod http_merges;
#[cfg(test)]
mod http_server;
#[cfg(test)]
mod identity;
#[cfg(test)]
mod identity_provider;
#[cfg(test)]
mod import_api;
#[cfg(test)]
mod import_columns;
#[cfg(test)]
mod import_doubles;
#[cfg(test)]
mod import_exports;
#[cfg(test)]
mod import_files;
#[cfg(test)]
mod import_history;
#[cfg(test)]
mod import_owners;
#[cfg(test)]
mod import_pages;
#[cfg(test)]
mod import_programs;
#[cfg(test)]
mod import_repairs;
#[cfg(test)]
mod import_traces;
#[cfg(test)]
mod import_wizard;
#[cfg(test)]
mod inbox;
#[cfg(test)]
mod jobs;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod merges;
#[cfg(test)]
mod own_fields;
#[cfg(test)]
mod people;
#[cfg(test)]
mod picker;
#[cfg(test)]
mod prices;
#[cfg(test)]
mod printing;
#[cfg(test)]
mod privacy;
#[cfg(test)]
mod process;
#[cfg(test)]
mod quotes;
#[cfg(test)]
mod quotes_client;
#[cfg(test)]
mod record_bulk;
#[cfg(test)]
mod record_lists;
#[cfg(test)]
mod records;
#[cfg(test)]
mod reminders;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod retention;
#[cfg(test)]
mod roles;
#[cfg(test)]
mod scoring;
#[cfg(test)]
mod second_factor;
#[cfg(test)]
mod smtp;
#[cfg(test)]
mod test_app;
#[cfg(test)]
mod tidy;
#[cfg(test)]
mod web_forms;
#[cfg(test)]
mod webhooks;
#[cfg(test)]
mod whole;
#[cfg(test)]
mod zones;

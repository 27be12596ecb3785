//! The room as its callers meet it: files made here, opened, and compared with what a person would see.

#[cfg(test)]
mod files;
#[cfg(test)]
mod reading_cards;
#[cfg(test)]
mod reading_csv;
#[cfg(test)]
mod reading_workbooks;
#[cfg(test)]
mod refusing;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod titles;
#[cfg(test)]
mod writing;

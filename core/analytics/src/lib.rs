#![doc = include_str!("../README.md")]

mod batch;
mod connections;
mod contents;
mod dates;
mod error;
mod first_response;
mod leads_by_month;
mod open;
mod projector;
mod report;
mod scope;
mod seal;
mod summary;
mod tables;

pub use error::AnalyticsError;
pub use first_response::{Answered, FirstResponse, FirstResponses};
pub use leads_by_month::{GROUPS_MAX, GroupBy, LeadFilter, LeadsByMonth, YEARS_MAX};
pub use open::{Analytics, Limits, rebuild};
pub use projector::{AnalyticsProjector, BATCH_CHANGES_MAX};
pub use report::{Comparison, Figures, Group, GroupKey, Month, Report, ReportRow, Year, report_rows};
pub use seal::FORBIDDEN_STATEMENTS;
pub use summary::{LeadsSummary, Summary};

//! What a form sent: names and values, in order.

/// The first value of that name; empty where there is none.
pub(super) fn value_of<'a>(fields: &'a [(String, String)], name: &str) -> &'a str {
    fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
}

/// A missing version is one that nothing has: the conflict shows what is stored.
pub(super) fn version_of(fields: &[(String, String)]) -> u64 {
    value_of(fields, "version").parse().unwrap_or_default()
}

//! Addresses with a query: values in them are escaped, empty ones are left out.

use std::fmt::{self, Write};

/// A path with its query, built part by part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    text: String,
    has_query: bool,
}

impl Address {
    pub fn new(path: &str) -> Address {
        Address { text: path.to_owned(), has_query: false }
    }

    /// Adds `name=value`, unless the value is empty.
    pub fn with(mut self, name: &str, value: &str) -> Address {
        if value.is_empty() {
            return self;
        }
        self.text.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        self.text.push_str(name);
        self.text.push('=');
        escape(value, &mut self.text);
        self
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> String {
        address.text
    }
}

/// Every byte but the unreserved ones of RFC 3986 as `%XX`.
pub fn escaped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    escape(value, &mut text);
    text
}

fn escape(value: &str, into: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            into.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(into, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_escaped_and_empty_ones_left_out() {
        let address = Address::new("/search").with("q", "càlcul & co").with("by", "").with("year", "2026");
        assert_eq!(address.to_string(), "/search?q=c%C3%A0lcul%20%26%20co&year=2026");
        assert_eq!(Address::new("/leads").with("status", "").to_string(), "/leads");
    }
}

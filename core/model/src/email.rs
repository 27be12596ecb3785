//! E-mail addresses.

use email_address::EmailAddress;
use std::str::FromStr;

/// RFC 5321: the longest address a server must accept.
const EMAIL_BYTES_MAX: usize = 254;

/// The address without spaces around it, in lower case (no provider tells capitals apart, people do type them);
/// or the problem code `email-form`.
pub fn normalize_email(text: &str) -> Result<String, &'static str> {
    let text = crate::without_invisible(text);
    let address = text.trim().trim_start_matches("mailto:").to_lowercase();
    let (_, domain) = address.rsplit_once('@').ok_or("email-form")?;
    let plain = !address.contains([' ', '"', '<', '>', ',', ';']);
    if plain
        && address.len() <= EMAIL_BYTES_MAX
        && domain.contains('.')
        && EmailAddress::from_str(&address).is_ok()
    {
        Ok(address)
    } else {
        Err("email-form")
    }
}

#[cfg(test)]
mod tests {
    use super::normalize_email;

    #[test]
    fn takes_addresses_and_nothing_else() {
        for (text, expected) in [
            (" Nuria.Puig@Fusteria-Puig.CAT ", Ok("nuria.puig@fusteria-puig.cat")),
            ("mailto:a@b.es", Ok("a@b.es")),
            ("\u{200b}a@b.es\u{feff}", Ok("a@b.es")),
            ("a@b", Err("email-form")),
            ("a@b.es, c@d.es", Err("email-form")),
            ("a b@c.es", Err("email-form")),
            ("@c.es", Err("email-form")),
            ("a@.es", Err("email-form")),
            ("", Err("email-form")),
        ] {
            assert_eq!(normalize_email(text), expected.map(str::to_owned), "{text}");
        }
    }
}

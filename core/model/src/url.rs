//! Addresses of pages on the web.

/// Longer ones carry somebody's session, not a page.
const URL_CHARACTERS_MAX: usize = 200;

/// The address with its scheme, `https` where none was typed; only what a browser opens as a page, so that a link to it
/// cannot run anything; or the problem code `url-form`.
pub fn normalize_url(text: &str) -> Result<String, &'static str> {
    let text = text.trim();
    let strange = |character: char| {
        character.is_whitespace() || character.is_control() || "<>\"\\^`{|}".contains(character)
    };
    let lower = text.to_ascii_lowercase();
    let rest = match lower.find("://") {
        Some(_) => lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://")),
        None => Some(lower.as_str()),
    };
    let rest = rest.ok_or("url-form")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    let is_name = name.contains('.')
        && name
            .split('.')
            .all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-'));
    let is_short = text.chars().count() <= URL_CHARACTERS_MAX;
    if !is_short || !is_name || text.contains(strange) || port.parse::<u16>().is_err() {
        return Err("url-form");
    }
    // Names of hosts are the same in capitals, paths are not.
    let path = &text[text.len() - (rest.len() - host.len())..];
    let scheme = if lower.starts_with("http://") { "http" } else { "https" };
    Ok(format!("{scheme}://{host}{path}"))
}

#[cfg(test)]
mod tests {
    use super::normalize_url;

    #[test]
    fn takes_pages_and_nothing_else() {
        let long = format!("exemple.cat/{}", "a".repeat(200));
        for (text, expected) in [
            (" Exemple.CAT/Preus ", Ok("https://exemple.cat/Preus")),
            ("http://exemple.cat", Ok("http://exemple.cat")),
            ("HTTPS://www.exemple.cat:8443/a?b=C#d", Ok("https://www.exemple.cat:8443/a?b=C#d")),
            ("exemple.cat?x", Ok("https://exemple.cat?x")),
            ("javascript:alert(1)", Err("url-form")),
            ("javascript://exemple.cat/%0aalert(1)", Err("url-form")),
            ("data:text/html,x", Err("url-form")),
            ("exemple", Err("url-form")),
            ("https://", Err("url-form")),
            ("https://a..b", Err("url-form")),
            ("a b.cat", Err("url-form")),
            ("usuari:clau@exemple.cat", Err("url-form")),
            ("", Err("url-form")),
            (&long, Err("url-form")),
        ] {
            assert_eq!(normalize_url(text), expected.map(str::to_owned), "{text}");
        }
    }
}

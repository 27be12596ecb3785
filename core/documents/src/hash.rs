//! SHA-256 as text, and nothing else taken for one: a hash is part of a path.

const HEX_DIGITS: usize = 64;

pub(crate) fn to_hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The first two digits and the next two; none unless it is 64 lower-case hexadecimal digits.
pub(crate) fn parts(sha256: &str) -> Option<(&str, &str)> {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    let is_hash = sha256.len() == HEX_DIGITS && sha256.bytes().all(is_digit);
    is_hash.then(|| (&sha256[..2], &sha256[2..4]))
}

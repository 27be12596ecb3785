//! A drawn signature as a browser sends it: a PNG as a data URL.

use services::quotes::SIGNATURE_BYTES_MAX;

const PNG: &str = "data:image/png;base64,";

/// The picture; nothing where nothing was drawn. What is no such address comes as it is: the service says that it is no
/// picture.
pub(super) fn bytes_of(text: &str) -> Vec<u8> {
    let text = text.trim();
    let decoded = text.strip_prefix(PNG).and_then(decoded);
    decoded.unwrap_or_else(|| text.as_bytes().to_vec())
}

/// What is shown again: only what could be sent again.
pub(super) fn kept(text: String) -> String {
    let bytes = text.strip_prefix(PNG).and_then(decoded);
    let is_fine = bytes.is_some_and(|bytes| !bytes.is_empty() && bytes.len() <= SIGNATURE_BYTES_MAX);
    if is_fine { text } else { String::new() }
}

/// Base64 with padding (RFC 4648, section 4).
fn decoded(text: &str) -> Option<Vec<u8>> {
    const CHARACTER_BITS: u32 = 6;
    const BYTE_BITS: u32 = 8;
    let bare = text.trim_end_matches('=');
    if text.len() - bare.len() > 2 || !text.len().is_multiple_of(4) {
        return None;
    }
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut held, mut held_bits) = (0_u32, 0_u32);
    for character in bare.bytes() {
        held = (held << CHARACTER_BITS | u32::from(value_of(character)?)) & 0xFFFF;
        held_bits += CHARACTER_BITS;
        if held_bits >= BYTE_BITS {
            held_bits -= BYTE_BITS;
            bytes.push(u8::try_from(held >> held_bits & 0xFF).ok()?);
        }
    }
    Some(bytes)
}

fn value_of(character: u8) -> Option<u8> {
    match character {
        b'A'..=b'Z' => Some(character - b'A'),
        b'a'..=b'z' => Some(character - b'a' + 26),
        b'0'..=b'9' => Some(character - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

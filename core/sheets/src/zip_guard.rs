//! Looks at a zip file before anybody unpacks it: the list of its parts, and how big they truly become.
//!
//! Declared sizes are not believed: every part is inflated into nothing, with a counter, and the first byte too many
//! ends it. That costs a second inflation of the file and saves us from sizes that lie.

use crate::error::OpenError;
use crate::limits::{Limits, UNPACKED_BYTES_FREE, ZIP_PARTS_MAX};
use flate2::read::DeflateDecoder;
use std::io::Read;

const END_SIGNATURE: &[u8] = b"PK\x05\x06";
const END_BYTES: usize = 22;
const ENTRY_SIGNATURE: &[u8] = b"PK\x01\x02";
const ENTRY_BYTES: usize = 46;
const LOCAL_SIGNATURE: &[u8] = b"PK\x03\x04";
const LOCAL_BYTES: usize = 30;
/// The comment's length is 16 bits, so the end record starts at most this far from the end.
const END_SEARCH_BYTES: usize = END_BYTES + 65_535;
/// Parts read whole here (`mimetype`) are a few words.
const SMALL_PART_BYTES_MAX: u64 = 4_096;
/// Inflated and looked at in pieces of this size.
const PIECE_BYTES: usize = 64 * 1024;
/// Of each piece the end is looked at again with the next, so that nothing hides on the border.
const OVERLAP_BYTES: usize = 64;

/// One part, where its packed bytes are and how they are packed.
pub(crate) struct Part<'a> {
    pub(crate) name: String,
    is_deflated: bool,
    /// From the part's first packed byte to its declared end, or to the end of the file where 32 bits do not tell it.
    packed: &'a [u8],
}

/// A zip file whose list of parts could be read.
pub(crate) struct Package<'a> {
    pub(crate) parts: Vec<Part<'a>>,
    size_bytes: usize,
}

impl<'a> Package<'a> {
    /// Reads the list of parts. Strict: what we do not understand is damaged, so that no other reader sees more than we.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Package<'a>, OpenError> {
        let (mut at, count) = central_directory(bytes)?;
        if count > ZIP_PARTS_MAX {
            return Err(OpenError::damaged("it claims too many parts"));
        }
        let mut parts = Vec::with_capacity(count);
        for _ in 0..count {
            let entry = slice(bytes, at, ENTRY_BYTES)?;
            if !entry.starts_with(ENTRY_SIGNATURE) {
                return Err(OpenError::damaged("the list of its parts is broken"));
            }
            let name_bytes = u16_at(entry, 28);
            let name = String::from_utf8_lossy(slice(bytes, at + ENTRY_BYTES, name_bytes)?).into_owned();
            parts.push(part(bytes, entry, name)?);
            at += ENTRY_BYTES + name_bytes + u16_at(entry, 30) + u16_at(entry, 32);
        }
        Ok(Package { parts, size_bytes: bytes.len() })
    }

    /// Refuses what would unpack out of all proportion, and a count of strings that the part cannot hold.
    pub(crate) fn refuse_bombs(&self, limits: &Limits) -> Result<(), OpenError> {
        let ratio_bytes = (self.size_bytes as u64).saturating_mul(limits.unpacked_ratio);
        let allowed = limits.unpacked_bytes.min(ratio_bytes.max(UNPACKED_BYTES_FREE));
        let mut total: u64 = 0;
        let mut buffer = vec![0; OVERLAP_BYTES + PIECE_BYTES];
        for part in &self.parts {
            let mut reader = part.unpacked();
            let (mut part_bytes, mut declared_strings) = (0_u64, 0_u64);
            buffer[..OVERLAP_BYTES].fill(0);
            loop {
                let piece = &mut buffer[OVERLAP_BYTES..];
                let read = read_full(&mut reader, piece).map_err(|_| damaged_part(&part.name))?;
                part_bytes += read as u64;
                total += read as u64;
                if total > allowed {
                    return Err(OpenError::ZipBomb { bytes: total });
                }
                declared_strings =
                    declared_strings.max(declared_string_count(&buffer[..OVERLAP_BYTES + read]));
                if read < PIECE_BYTES {
                    break;
                }
                buffer.copy_within(read..read + OVERLAP_BYTES, 0);
            }
            // The reader sets memory aside for the declared count; a string takes five bytes (`<si/>`) or more.
            if declared_strings > part_bytes / 5 {
                return Err(OpenError::damaged("it claims more texts than it holds"));
            }
        }
        Ok(())
    }

    /// A part of a few words, whole; none if it is absent, longer or broken.
    pub(crate) fn read_small(&self, name: &str) -> Option<Vec<u8>> {
        self.read_part(name, SMALL_PART_BYTES_MAX).ok().flatten()
    }

    /// A part whole; none if it is absent or broken, and its size as the error if it is longer than that.
    pub(crate) fn read_part(&self, name: &str, bytes_max: u64) -> Result<Option<Vec<u8>>, u64> {
        let Some(part) = self.parts.iter().find(|part| part.name == name) else {
            return Ok(None);
        };
        let mut bytes = Vec::new();
        if part.unpacked().take(bytes_max + 1).read_to_end(&mut bytes).is_err() {
            return Ok(None);
        }
        let size = bytes.len() as u64;
        if size > bytes_max { Err(size) } else { Ok(Some(bytes)) }
    }
}

impl<'a> Part<'a> {
    fn unpacked(&self) -> Box<dyn Read + 'a> {
        if self.is_deflated { Box::new(DeflateDecoder::new(self.packed)) } else { Box::new(self.packed) }
    }
}

/// Where the list of parts starts and how many it has.
fn central_directory(bytes: &[u8]) -> Result<(usize, usize), OpenError> {
    let truncated = || OpenError::damaged("its end is missing, as after a transfer that broke off");
    let from = bytes.len().saturating_sub(END_SEARCH_BYTES);
    let end = bytes[from..]
        .windows(END_SIGNATURE.len())
        .rposition(|window| window == END_SIGNATURE)
        .map(|position| from + position)
        .ok_or_else(truncated)?;
    let record = bytes.get(end..end + END_BYTES).ok_or_else(truncated)?;
    let (count, start) = (u16_at(record, 10), u32_at(record, 16));
    if count != 0xFFFF && start != 0xFFFF_FFFF {
        return Ok((start, count));
    }
    // Some writers use the 64-bit records even for small files: locator (20 bytes) before the end, record before it.
    let locator = end.checked_sub(20).ok_or_else(truncated)?;
    let record = slice(bytes, u64_at(slice(bytes, locator, 20)?, 8)?, 56)?;
    Ok((u64_at(record, 48)?, u64_at(record, 32)?))
}

fn part<'a>(bytes: &'a [u8], entry: &[u8], name: String) -> Result<Part<'a>, OpenError> {
    if u16_at(entry, 8) & 1 == 1 {
        return Err(OpenError::Password);
    }
    let is_deflated = match u16_at(entry, 10) {
        0 => false,
        8 => true,
        _ => return Err(OpenError::damaged(format!("«{name}» is packed in an unusual way"))),
    };
    let local_at = u32_at(entry, 42);
    let local = slice(bytes, local_at, LOCAL_BYTES)?;
    if !local.starts_with(LOCAL_SIGNATURE) {
        return Err(damaged_part(&name));
    }
    let start = local_at + LOCAL_BYTES + u16_at(local, 26) + u16_at(local, 28);
    let packed_bytes = u32_at(entry, 20);
    let packed = if packed_bytes == 0xFFFF_FFFF {
        bytes.get(start..).ok_or_else(|| damaged_part(&name))?
    } else {
        slice(bytes, start, packed_bytes)?
    };
    Ok(Part { name, is_deflated, packed })
}

/// The highest `uniqueCount="123"` in a piece of XML, however it is spaced; 0 if there is none.
fn declared_string_count(piece: &[u8]) -> u64 {
    const NAME: &[u8] = b"uniqueCount";
    /// Equals sign, quote and spaces; more of them is not a file any program writes.
    const FILLING_BYTES_MAX: usize = 16;
    let mut highest = 0;
    let mut rest = piece;
    while let Some(at) = rest.windows(NAME.len()).position(|window| window == NAME) {
        rest = &rest[at + NAME.len()..];
        let filling = rest.iter().take_while(|byte| b"= \t\r\n\"'".contains(byte)).count();
        let digits = rest[filling..].iter().take_while(|byte| byte.is_ascii_digit());
        let digits: String = digits.map(|byte| char::from(*byte)).collect();
        let is_declaration = filling > 0 && !digits.is_empty();
        if filling > FILLING_BYTES_MAX {
            highest = u64::MAX;
        } else if is_declaration {
            highest = highest.max(digits.parse().unwrap_or(u64::MAX));
        }
    }
    highest
}

fn damaged_part(name: &str) -> OpenError {
    OpenError::damaged(format!("its part «{name}» cannot be unpacked"))
}

/// Fills the buffer unless the reader ends first.
fn read_full(reader: &mut dyn Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

fn slice(bytes: &[u8], start: usize, length: usize) -> Result<&[u8], OpenError> {
    let end = start.checked_add(length);
    end.and_then(|end| bytes.get(start..end))
        .ok_or_else(|| OpenError::damaged("a part reaches past the end of the file"))
}

fn u16_at(bytes: &[u8], at: usize) -> usize {
    usize::from(u16::from_le_bytes([bytes[at], bytes[at + 1]]))
}

fn u32_at(bytes: &[u8], at: usize) -> usize {
    u16_at(bytes, at) | u16_at(bytes, at + 2) << 16
}

fn u64_at(bytes: &[u8], at: usize) -> Result<usize, OpenError> {
    if u32_at(bytes, at + 4) != 0 {
        return Err(OpenError::damaged("a part reaches past the end of the file"));
    }
    Ok(u32_at(bytes, at))
}

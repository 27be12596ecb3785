//! Proof for the programme: pictures of the screen for each of its functions, and the packs that are made of everything.

use crate::record::meta_field;
use crate::{IndexEntry, Kind, Language, LogoKind, Meta, ProgramFunction, Record, UserId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A picture of a whole page on a big screen; more is a photograph.
pub const SCREEN_BYTES_MAX: usize = 3 * 1024 * 1024;
/// What a function needs to be seen at work, on a desk and on a phone.
pub const SCREENS_A_FUNCTION_MAX: usize = 4;
/// Unpacked in memory while it is printed: 16 million pixels are 64 MB.
pub const SCREEN_PIXELS_MAX: u64 = 16_000_000;
pub const CAPTION_CHARACTERS_MAX: usize = 200;

/// A picture that somebody took of the screen. The product has no browser: it cannot take it itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Screen {
    pub meta: Meta,
    pub function: ProgramFunction,
    /// Among the documents.
    pub sha256: String,
    /// PNG or JPEG.
    pub picture: LogoKind,
    pub size_bytes: u64,
    /// What it shows, for those who do not see it too.
    pub caption: String,
}

impl Record for Screen {
    const KIND: Kind = Kind::Screen;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        vec![IndexEntry::member(Kind::Screen, Uuid::nil(), self.meta.id)]
    }
}

/// Where a pack stands. Each step is written down, so that the page tells how far it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PackState {
    Waiting,
    /// The journal has been counted; the document is being printed.
    Printing,
    /// The document is there; it is being packed with the files behind it.
    Packing,
    Done,
    Failed,
}

impl PackState {
    /// Steps of a pack.
    pub const STEPS: u64 = 3;

    pub fn is_working(self) -> bool {
        matches!(self, PackState::Waiting | PackState::Printing | PackState::Packing)
    }

    /// Steps that are done.
    pub fn done(self) -> u64 {
        match self {
            PackState::Waiting => 0,
            PackState::Printing => 1,
            PackState::Packing => 2,
            PackState::Done | PackState::Failed => PackState::STEPS,
        }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            PackState::Waiting => "waiting",
            PackState::Printing => "printing",
            PackState::Packing => "packing",
            PackState::Done => "done",
            PackState::Failed => "failed",
        }
    }
}

/// One file with everything that proves the work, made by a job.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct EvidencePack {
    pub meta: Meta,
    /// In whose name it is made: what they may not see is not in it.
    pub owner: UserId,
    pub language: Language,
    pub state: PackState,
    /// Among the documents, once it is done.
    pub sha256: Option<String>,
    pub size_bytes: u64,
    /// Functions that had no screen when it was made.
    pub without_screen: Vec<ProgramFunction>,
    /// What went wrong, for whoever mends a template; or a code.
    pub failure: Option<String>,
    /// The file is deleted then.
    pub expires_at: Timestamp,
}

impl EvidencePack {
    /// The group of packs that a worker has something to do for.
    pub const WORKING: Uuid = Uuid::max();
}

impl Record for EvidencePack {
    const KIND: Kind = Kind::EvidencePack;

    meta_field!();

    fn indexes(&self) -> Vec<IndexEntry> {
        let id = self.meta.id;
        let mut entries = vec![IndexEntry::member(Kind::EvidencePack, Uuid::nil(), id)];
        if self.state.is_working() {
            entries.push(IndexEntry::member(Kind::EvidencePack, EvidencePack::WORKING, id));
        }
        entries
    }
}

/// Width and height of a PNG or JPEG, read from its head. Source: RFC 2083 (IHDR), ITU T.81 (frame headers).
pub fn picture_size(bytes: &[u8]) -> Option<(u32, u32)> {
    match LogoKind::of(bytes)? {
        LogoKind::Png => Some((number(bytes.get(16..20)?), number(bytes.get(20..24)?))),
        LogoKind::Jpeg => jpeg_size(bytes),
        LogoKind::Webp => None,
    }
}

fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        let [0xFF, marker] = *bytes.get(at..at + 2)? else { return None };
        let length = usize::try_from(number(bytes.get(at + 2..at + 4)?)).ok()?;
        let is_frame = matches!(marker, 0xC0..=0xCF) && !matches!(marker, 0xC4 | 0xC8 | 0xCC);
        if is_frame {
            return Some((number(bytes.get(at + 7..at + 9)?), number(bytes.get(at + 5..at + 7)?)));
        }
        at += 2 + length.max(2);
    }
}

fn number(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |number, byte| (number << 8) | u32::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_from_the_head_alone() {
        let mut png = vec![0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', 0, 0, 0, 13];
        png.extend(b"IHDR\0\0\x05\0\0\0\x03\x20");
        assert_eq!(picture_size(&png), Some((1280, 800)));
        assert_eq!(picture_size(&png[..22]), None);
        let jpeg = b"\xFF\xD8\xFF\xE0\0\x04ab\xFF\xC0\0\x11\x08\x03\x20\x05\0\x03";
        assert_eq!(picture_size(jpeg), Some((1280, 800)));
        assert_eq!(picture_size(&jpeg[..14]), None);
        assert_eq!(picture_size(b"GIF89a"), None);
    }
}

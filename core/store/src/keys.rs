//! The keys of `rec`, `log` and `meta`; those of `idx` are built by `model::IndexKey`. The table is in the README.

use model::uuid::Uuid;
use model::{IndexKey, Kind};

pub(crate) const FORMAT: &[u8] = b"format";
pub(crate) const HEAD: &[u8] = b"head";
pub(crate) const COUNTER_PREFIX: &[u8] = b"counter/";
pub(crate) const ONCE_PREFIX: &[u8] = b"once/";

pub(crate) fn record(kind: Kind, id: Uuid) -> Vec<u8> {
    let mut key = Vec::with_capacity(17);
    key.push(kind.tag());
    key.extend_from_slice(id.as_bytes());
    key
}

pub(crate) fn record_parts(key: &[u8]) -> Option<(Kind, Uuid)> {
    let (tag, id) = key.split_first()?;
    Some((Kind::from_tag(*tag)?, Uuid::from_slice(id).ok()?))
}

pub(crate) fn timeline(record: Uuid, seq: u64) -> Vec<u8> {
    IndexKey::timeline(record).unsigned(seq).bytes()
}

pub(crate) fn counter(name: &str) -> Vec<u8> {
    [COUNTER_PREFIX, name.as_bytes()].concat()
}

pub(crate) fn once(key: &str) -> Vec<u8> {
    [ONCE_PREFIX, key.as_bytes()].concat()
}

/// Numbers are 8 bytes, big-endian.
pub(crate) fn number(bytes: &[u8]) -> Option<u64> {
    bytes.try_into().ok().map(u64::from_be_bytes)
}

/// The value of an idempotency key: the record made under it, and the journal's end after that write.
pub(crate) fn once_value(id: Uuid, seq: u64) -> Vec<u8> {
    [id.as_bytes().as_slice(), &seq.to_be_bytes()].concat()
}

pub(crate) fn once_parts(value: &[u8]) -> Option<(Uuid, u64)> {
    let (id, seq) = value.split_at_checked(16)?;
    Some((Uuid::from_slice(id).ok()?, number(seq)?))
}

//! Reads and writes a list of bytes at once, for `#[serde(with = "bytes")]`: one by one they took half of the program's
//! start. The form is the one that a plain list of bytes has.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};

/// A byte with or without a sign.
pub(super) trait Byte: Copy {
    /// The byte with these bits.
    fn from_bits(bits: u8) -> Self;
    /// Its bits.
    fn to_bits(self) -> u8;
}

impl Byte for u8 {
    fn from_bits(bits: u8) -> Self {
        bits
    }

    fn to_bits(self) -> u8 {
        self
    }
}

impl Byte for i8 {
    fn from_bits(bits: u8) -> Self {
        bits as i8
    }

    fn to_bits(self) -> u8 {
        self as u8
    }
}

/// Writes them as bytes.
pub(super) fn serialize<B: Byte, S: Serializer>(values: &[B], serializer: S) -> Result<S::Ok, S::Error> {
    let values: Vec<u8> = values.iter().map(|value| value.to_bits()).collect();
    serializer.serialize_bytes(&values)
}

/// Reads what `serialize` wrote.
pub(super) fn deserialize<'de, B: Byte, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<B>, D::Error> {
    deserializer.deserialize_bytes(Values(PhantomData))
}

/// Takes the bytes over.
struct Values<B>(PhantomData<B>);

impl<B: Byte> Visitor<'_> for Values<B> {
    type Value = Vec<B>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<B>, E> {
        Ok(bytes.iter().map(|&bits| B::from_bits(bits)).collect())
    }
}

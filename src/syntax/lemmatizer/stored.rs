//! How a lemmatizer stands in the model file: an empty list, then its tables.
//!
//! A list with entries opens the lemmatizer of an older file, which has scripts in that place.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeTuple, Serializer};

use super::former::{Former, Script};
use super::{Lemmatizer, Tables};

impl Serialize for Lemmatizer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut parts = serializer.serialize_tuple(2)?;
        parts.serialize_element(&[(); 0][..])?;
        parts.serialize_element(&self.tables)?;
        parts.end()
    }
}

impl<'de> Deserialize<'de> for Lemmatizer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_tuple(3, Parts)
    }
}

/// Reads the parts.
struct Parts;

impl<'de> Visitor<'de> for Parts {
    type Value = Lemmatizer;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the tables of a lemmatizer")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut parts: A) -> Result<Lemmatizer, A::Error> {
        let missing = || A::Error::custom("a table is missing");
        let scripts: Vec<Script> = parts.next_element()?.ok_or_else(missing)?;
        if scripts.is_empty() {
            let tables: Tables = parts.next_element()?.ok_or_else(missing)?;
            return Ok(Lemmatizer { tables, former: None });
        }
        let endings = parts.next_element()?.ok_or_else(missing)?;
        let exceptions = parts.next_element()?.ok_or_else(missing)?;
        Ok(Lemmatizer { tables: Tables::default(), former: Some(Former { scripts, endings, exceptions }) })
    }
}

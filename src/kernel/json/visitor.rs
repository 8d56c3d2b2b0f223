//! The visitors that build [`Json`] and refuse what is not strict.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::number::{self, Literals, MAX_SAFE};
use super::object::Builder;
use super::{Json, JsonErrorKind};

/// What the visitors share while they go through one document.
pub(super) struct Walk<'a> {
    /// How many more arrays and objects may be opened.
    room: usize,
    literals: Literals<'a>,
    numbers: usize,
    /// The way to the error, from the inside out, gathered while leaving.
    pub(super) trail: Vec<String>,
    pub(super) refusal: Option<Refusal>,
}

/// A refusal of ours, which serde's errors cannot carry.
pub(super) struct Refusal {
    pub(super) kind: JsonErrorKind,
    pub(super) message: String,
    pub(super) remedy: &'static str,
}

impl<'a> Walk<'a> {
    /// The start of the walk through `text`, with room for so many nested arrays and objects.
    pub(super) fn new(text: &'a str, room: usize) -> Self {
        Walk {
            room,
            literals: Literals::new(text),
            numbers: 0,
            trail: Vec::new(),
            refusal: None,
        }
    }

    fn refuse<E: Error>(
        &mut self,
        kind: JsonErrorKind,
        message: String,
        remedy: &'static str,
    ) -> E {
        let error = E::custom(&message);
        self.refusal = Some(Refusal {
            kind,
            message,
            remedy,
        });
        error
    }

    fn refuse_number<E: Error>(&mut self, message: String) -> E {
        self.refuse(
            JsonErrorKind::Number,
            message,
            "write it as a string, or as a number that a double holds exactly",
        )
    }

    fn enter<E: Error>(&mut self) -> Result<(), E> {
        match self.room.checked_sub(1) {
            Some(room) => {
                self.room = room;
                Ok(())
            }
            None => Err(self.refuse(
                JsonErrorKind::Depth,
                "arrays and objects are nested too deeply".to_owned(),
                "nest fewer levels",
            )),
        }
    }
}

/// A JSON value.
pub(super) struct ValueSeed<'w, 'a>(pub(super) &'w mut Walk<'a>);

impl<'de> DeserializeSeed<'de> for ValueSeed<'_, '_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_, '_> {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, truth: bool) -> Result<Json, E> {
        Ok(Json::Bool(truth))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        self.0.numbers += 1;
        if value > MAX_SAFE {
            return Err(self.0.refuse_number(number::beyond(&value.to_string())));
        }
        Ok(Json::Number(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        self.0.numbers += 1;
        if value.unsigned_abs() > MAX_SAFE {
            return Err(self.0.refuse_number(number::beyond(&value.to_string())));
        }
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        let literal = self.0.literals.nth(self.0.numbers);
        self.0.numbers += 1;
        literal
            .map_or_else(
                || Err("a number cannot be found again in the text".to_owned()),
                |literal| number::from_double(value, literal),
            )
            .map(Json::Number)
            .map_err(|message| self.0.refuse_number(message))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Json, E> {
        Ok(Json::String(text.to_owned()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Json, E> {
        Ok(Json::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        self.0.enter()?;
        let mut items = Vec::new();
        loop {
            // An error before an item begins belongs to the array, so only items are named.
            let mut began = false;
            let item = access.next_element_seed(ItemSeed(self.0, &mut began));
            match item {
                Ok(Some(item)) => items.push(item),
                Ok(None) => break,
                Err(error) => {
                    if began {
                        self.0.trail.push(items.len().to_string());
                    }
                    return Err(error);
                }
            }
        }
        self.0.room += 1;
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        self.0.enter()?;
        let mut members = Builder::default();
        while let Some(name) = access.next_key_seed(NameSeed(self.0, &members))? {
            match access.next_value_seed(ValueSeed(self.0)) {
                Ok(value) => members.push(name, value),
                Err(error) => {
                    self.0.trail.push(name);
                    return Err(error);
                }
            }
        }
        self.0.room += 1;
        Ok(Json::Object(members.finish()))
    }
}

/// An item of an array, which tells that it has begun.
struct ItemSeed<'w, 'a>(&'w mut Walk<'a>, &'w mut bool);

impl<'de> DeserializeSeed<'de> for ItemSeed<'_, '_> {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        *self.1 = true;
        deserializer.deserialize_any(ValueSeed(self.0))
    }
}

/// A member's name, refused at its own place if the object has it already.
struct NameSeed<'w, 'a>(&'w mut Walk<'a>, &'w Builder);

impl<'de> DeserializeSeed<'de> for NameSeed<'_, '_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for NameSeed<'_, '_> {
    type Value = String;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a member name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<String, E> {
        if self.1.contains(name) {
            self.0.trail.push(name.to_owned());
            return Err(self.0.refuse(
                JsonErrorKind::DuplicateKey,
                "the member name appears twice in one object".to_owned(),
                "keep one of the two members",
            ));
        }
        Ok(name.to_owned())
    }
}

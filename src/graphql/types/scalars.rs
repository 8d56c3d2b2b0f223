//! Scalars of our own.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use jiff::Timestamp;

use crate::kernel::clock;

/// A moment in time, in UTC, as RFC 3339 text such as `2026-03-01T09:30:00Z`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateTime(pub Timestamp);

impl DateTime {
    /// The moment that a stored number of Unix milliseconds means.
    #[must_use]
    pub fn from_millis(millis: i64) -> Self {
        Self(clock::from_millis(millis))
    }
}

/// A moment in time, in UTC, as RFC 3339 text such as `2026-03-01T09:30:00Z`.
#[Scalar(
    name = "DateTime",
    specified_by_url = "https://scalars.graphql.org/andimarek/date-time"
)]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let Value::String(text) = &value else {
            return Err(InputValueError::expected_type(value));
        };
        text.parse().map(Self).map_err(|_| {
            InputValueError::custom("give a time with its zone, such as 2026-03-01T09:30:00Z")
        })
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

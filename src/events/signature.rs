//! How webhooks are signed: Standard Webhooks 1.0.0, the symmetric scheme.
//!
//! The headers `webhook-id`, `webhook-timestamp` (Unix seconds) and `webhook-signature` go with the
//! body. A signature is `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`; where a secret
//! was changed a while ago, a second one under the secret before it follows after a space, so that
//! the receiver may change over at leisure.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

/// Bytes of a secret; the specification asks for 24 to 64.
pub const SECRET: usize = 32;

/// A secret that a receiver shares.
pub type Secret = Zeroizing<[u8; SECRET]>;

/// For how long the secret before the present one signs along, in milliseconds: a day.
pub const OVERLAP: i64 = 86_400_000;

/// The secrets of a webhook.
#[derive(Clone)]
pub struct Secrets {
    /// The one that the receiver was shown last.
    pub current: Secret,
    /// The one before it, and until when it signs along, in Unix milliseconds.
    pub previous: Option<(Secret, i64)>,
}

impl Secrets {
    /// The form that is sealed and stored: the secret, and where there is one before it, that one
    /// and the end of its time as 8 bytes, big endian.
    #[must_use]
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(2 * SECRET + 8));
        bytes.extend_from_slice(self.current.as_slice());
        if let Some((previous, until)) = &self.previous {
            bytes.extend_from_slice(previous.as_slice());
            bytes.extend_from_slice(&until.to_be_bytes());
        }
        bytes
    }

    /// Reads [`Secrets::to_bytes`] back; `None` for anything else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (current, rest) = bytes.split_first_chunk::<SECRET>()?;
        let previous = match rest {
            [] => None,
            rest => {
                let (previous, until) = rest.split_first_chunk::<SECRET>()?;
                let until = i64::from_be_bytes(until.try_into().ok()?);
                Some((Zeroizing::new(*previous), until))
            }
        };
        Some(Self {
            current: Zeroizing::new(*current),
            previous,
        })
    }

    /// The same webhook with another secret; the present one signs along for a day.
    #[must_use]
    pub fn rotated(self, next: Secret, now: i64) -> Self {
        Self {
            current: next,
            previous: Some((self.current, now.saturating_add(OVERLAP))),
        }
    }

    /// The header `webhook-signature` of a message that is sent at `now`, Unix milliseconds.
    #[must_use]
    pub fn sign(&self, id: &str, now: i64, body: &[u8]) -> String {
        let before = self.previous.as_ref();
        let before = before.filter(|(_, until)| now < *until);
        let secrets = [&self.current].into_iter();
        let signatures = secrets
            .chain(before.map(|(secret, _)| secret))
            .map(|secret| sign(secret, id, timestamp(now), body));
        signatures.collect::<Vec<_>>().join(" ")
    }
}

/// The header `webhook-timestamp` of a moment in Unix milliseconds.
#[must_use]
pub fn timestamp(now: i64) -> i64 {
    now.div_euclid(1_000)
}

/// The text of a secret that its receiver is given: `whsec_` and base64.
#[must_use]
pub fn show(secret: &Secret) -> Zeroizing<String> {
    let digits = Zeroizing::new(STANDARD.encode(secret.as_slice()));
    Zeroizing::new(format!("whsec_{}", digits.as_str()))
}

fn sign(secret: &Secret, id: &str, timestamp: i64, body: &[u8]) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_slice()).expect("HMAC takes any key");
    let mac = mac
        .chain_update(format!("{id}.{timestamp}."))
        .chain_update(body);
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(byte: u8) -> Secret {
        Zeroizing::new([byte; SECRET])
    }

    #[test]
    fn the_signature_depends_on_every_part() {
        let secrets = Secrets {
            current: secret(1),
            previous: None,
        };
        let signed = secrets.sign("msg", 1_674_087_231_500, b"{}");
        assert!(signed.starts_with("v1,") && !signed.contains(' '));
        assert_eq!(signed, secrets.sign("msg", 1_674_087_231_999, b"{}"));
        assert_ne!(signed, secrets.sign("msh", 1_674_087_231_500, b"{}"));
        assert_ne!(signed, secrets.sign("msg", 1_674_087_232_000, b"{}"));
        assert_ne!(signed, secrets.sign("msg", 1_674_087_231_500, b"{ }"));
        let others = Secrets {
            current: secret(2),
            previous: None,
        };
        assert_ne!(signed, others.sign("msg", 1_674_087_231_500, b"{}"));
    }

    #[test]
    fn the_secret_before_signs_along_for_a_day() {
        let old = Secrets {
            current: secret(1),
            previous: None,
        };
        let new = old.clone().rotated(secret(2), 5_000);
        let both = new.sign("m", 5_000 + OVERLAP - 1, b"x");
        let (first, second) = both.split_once(' ').unwrap();
        assert_eq!(second, old.sign("m", 5_000 + OVERLAP - 1, b"x"));
        assert_ne!(first, second);
        let alone = new.sign("m", 5_000 + OVERLAP, b"x");
        assert!(!alone.contains(' '));
        // The one before that is gone at once.
        let newest = new.rotated(secret(3), 6_000);
        assert_eq!(newest.previous.as_ref().unwrap().0.as_slice(), &[2; SECRET]);
    }

    #[test]
    fn secrets_are_read_back_and_noise_is_not() {
        let one = Secrets {
            current: secret(7),
            previous: None,
        };
        let two = one.clone().rotated(secret(8), -1);
        for secrets in [one, two] {
            let bytes = secrets.to_bytes();
            let read = Secrets::from_bytes(&bytes).unwrap();
            assert_eq!(read.to_bytes(), bytes);
            assert!(Secrets::from_bytes(&bytes[1..]).is_none());
        }
        for length in [0, 31, 33, 64, 71, 73] {
            assert!(Secrets::from_bytes(&vec![0; length]).is_none(), "{length}");
        }
    }

    #[test]
    fn a_secret_is_shown_as_the_specification_says() {
        let shown = show(&secret(0));
        let digits = shown.strip_prefix("whsec_").unwrap();
        assert_eq!(STANDARD.decode(digits).unwrap(), [0; SECRET]);
    }
}

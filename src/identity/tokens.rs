//! Bearer tokens: a prefix by which a leaked one is recognised, 32 random
//! bytes, and a checksum that tells a mistyped one from a foreign one. Only
//! the SHA-256 of a token is ever stored.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use crate::kernel::{
    digest,
    rng::{self, Rng},
};

/// What every token starts with.
pub const PREFIX: &str = "attestry_";

/// What the token of an invitation starts with: it is no API key, and none is an invitation.
const INVITATION_PREFIX: &str = "attestry-invitation_";

/// A new token's text. It is shown once and never stored.
#[must_use]
pub fn generate(rng: &dyn Rng) -> Zeroizing<String> {
    generate_as(PREFIX, rng)
}

/// The text of a new invitation's token. It is shown once and never stored.
#[must_use]
pub fn generate_invitation(rng: &dyn Rng) -> Zeroizing<String> {
    generate_as(INVITATION_PREFIX, rng)
}

fn generate_as(prefix: &str, rng: &dyn Rng) -> Zeroizing<String> {
    let secret = Zeroizing::new(rng::bytes::<32>(rng));
    let body = Zeroizing::new(URL_SAFE_NO_PAD.encode(secret.as_slice()));
    Zeroizing::new(format!("{prefix}{}{}", body.as_str(), checksum(&body)))
}

/// The digest under which a token is stored; `None` when the text is no token
/// of this program, so that a mistyped one costs no look-up.
#[must_use]
pub fn digest(token: &str) -> Option<[u8; 32]> {
    digest_as(PREFIX, token)
}

/// The digest under which an invitation is stored; `None` when the text is no invitation's token.
#[must_use]
pub fn invitation_digest(token: &str) -> Option<[u8; 32]> {
    digest_as(INVITATION_PREFIX, token)
}

fn digest_as(prefix: &str, token: &str) -> Option<[u8; 32]> {
    let rest = token.strip_prefix(prefix)?;
    let (body, sum) = rest.split_at_checked(43)?;
    (sum == checksum(body)).then(|| digest::sha256(token.as_bytes()))
}

/// CRC-32 of the body in base64url, six characters.
fn checksum(body: &str) -> String {
    let mut crc = flate2::Crc::new();
    crc.update(body.as_bytes());
    URL_SAFE_NO_PAD.encode(crc.sum().to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::rng::SystemRng;

    #[test]
    fn tokens_are_recognised_and_mistyped_ones_are_not() {
        let token = generate(&SystemRng);
        assert_eq!(token.len(), PREFIX.len() + 43 + 6);
        assert_eq!(digest(&token), Some(digest::sha256(token.as_bytes())));
        let mut wrong = token.as_str().to_owned();
        let last = wrong.pop().unwrap();
        wrong.push(if last == 'A' { 'B' } else { 'A' });
        assert_eq!(digest(&wrong), None);
        for noise in ["", "attestry_", "attestry_é", "Bearer x", &"x".repeat(200)] {
            assert_eq!(digest(noise), None);
            assert_eq!(invitation_digest(noise), None);
        }
    }

    #[test]
    fn an_invitation_is_no_key() {
        let (key, invitation) = (generate(&SystemRng), generate_invitation(&SystemRng));
        let stored = digest::sha256(invitation.as_bytes());
        assert_eq!(invitation_digest(&invitation), Some(stored));
        assert_eq!(digest(&invitation), None);
        assert_eq!(invitation_digest(&key), None);
    }
}

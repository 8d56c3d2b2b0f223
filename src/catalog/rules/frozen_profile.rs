//! The document that publishing a profile freezes.

use uuid::Uuid;

use super::frozen::frozen_occupation;
use crate::catalog::export;
use crate::catalog::ids;
use crate::catalog::import;
use crate::catalog::profile::OccupationProfile;
use crate::kernel::digest::sri_sha384;
use crate::kernel::json::{self, Json, Object, ParseOptions};

/// The name of a frozen profile's format, in its member `format`.
pub const PROFILE_FORMAT: &str = "attestry-profile/1";

/// A published profile as it is kept for ever.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrozenProfile {
    /// The profile's id.
    pub id: Uuid,
    /// The document, in canonical form (RFC 8785).
    pub bytes: Vec<u8>,
    /// Its SHA-384 digest as Subresource Integrity metadata.
    pub digest_sri: String,
}

/// Freezes a profile: content alone decides the bytes.
///
/// ```json
/// {"format", "id", "occupation": {"soc", "title", "group"?, "sector", "jobZone", "jobZoneLabel"?,
///  "jobZoneInferred"}, "profile": {}}
/// ```
/// The member `profile` is as in a framework export 2.0.
#[must_use]
pub fn freeze_profile(profile: &OccupationProfile) -> FrozenProfile {
    let id = ids::profile(&profile.occupation.soc, &profile.version);
    let mut document = Object::new();
    document.insert("format", PROFILE_FORMAT);
    document.insert("id", id.to_string());
    document.insert("occupation", frozen_occupation(&profile.occupation));
    document.insert("profile", export::profile::write(profile));
    let bytes = document.canonical();
    FrozenProfile {
        id,
        digest_sri: sri_sha384(&bytes),
        bytes,
    }
}

/// A frozen document that is none of ours.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a frozen profile cannot be read: {0}")]
pub struct UnreadableProfile(String);

/// The profile that a frozen document says.
///
/// # Errors
/// When the bytes are not as [`freeze_profile`] writes them.
pub fn thaw_profile(bytes: &[u8]) -> Result<OccupationProfile, UnreadableProfile> {
    let broken = |what: String| UnreadableProfile(what);
    let json = json::parse(bytes, &ParseOptions::default()).map_err(|e| broken(e.to_string()))?;
    let part = |name: &str| json.get(name).and_then(Json::as_object).cloned();
    let (Some(occupation), Some(profile)) = (part("occupation"), part("profile")) else {
        return Err(broken("there is no occupation or no profile".to_owned()));
    };
    import::read_profile(occupation, profile).map_err(|problems| {
        let first = problems.first().map(ToString::to_string);
        broken(first.unwrap_or_default())
    })
}

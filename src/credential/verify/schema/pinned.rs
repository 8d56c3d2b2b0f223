//! The digests of the pinned contexts, as their authors publish them: a credential that relates one
//! of them with another digest speaks of another context than the one that gives it its meaning.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};

use crate::kernel::json::{Json, Object};

/// Each context with its SHA-256, SHA-384 and SHA-512, in base64.
const DIGESTS: [(&str, [&str; 3]); 7] = [
    (
        "https://www.w3.org/ns/credentials/v2",
        [
            "WZVc7WaX1h4D8rJVb+vlMIqxaEKEb1tYbX8fet7JJzQ=",
            "l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU",
            "XVVFK9Lc+KKfWikEc+skKxxft31OaPGgqoe6pNuiaUhS1l7GPUisBKmdlW+fcVO5QG+E0tBMdIabAsI5odgTBQ==",
        ],
    ),
    (
        "https://w3id.org/security/data-integrity/v2",
        [
            "Z/IebjOmwU5cz9L8eGX3R0+3GgSvfpQTbLOZ36yK6PQ=",
            "DuLXYmcX+LB81Em1JdXitx/icgn8meUwieAWndKUTXk/7qRSb8YLucyhzZZRI5H2",
            "Oc16mkBHt0uFJGQP41Yz6B6ChtFL27fnfQ4I2FCwDWo1sBhdXeNcR5uu2yOheYnZ9iislVMf3XnAxaD2Mtn6lQ==",
        ],
    ),
    (
        "https://w3id.org/security/multikey/v1",
        [
            "uiwYLeLZL35HGEvMqPzwvq7m05hsUnv2ZMGVu8fFhZc=",
            "D6UWQdEvuMcBsuapSSVW8l0yu0r4SpbxGAjwpiO5ckNN0YqPHxhlvGjY7gRsTlo+",
            "En0TOOp/cC10XtW/aQDtqKrEQZ2lRjGB/KAsJ+BQhRBufT7s6eoOFWvP9cP5nurTl3hcRTvFeffdVJapkeELXw==",
        ],
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json",
        [
            "1YLzVkKC+ztwkTbShBLnjnC2eLTbwvAiH2fYSTJ0g1U=",
            "QQ5NeMjyNs1GuL/RbZrkmNrh/E7r7w72eb2CG4f8MzTZb2tYXd4iZHGnuizJNnGV",
            "1cn+z5CLHXQ+V/HBT0+0mo50GCYTVbfR3Bdyxq9q+n/BVeMdFUx8sX9x+TxqRT5UEjTsQGvUPyRD3wcr6axutg==",
        ],
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
        [
            "AGZq0IC6QHaH7RhGt/XnSV9QGQQrICpyfeR8SKF1XFM=",
            "fgAKnHG+zBOzWVYEcNTRsA+NFUygUsVM3SDH3muHr1r8gqotLlcalL/3YrkVXqh0",
            "eLFELyXi7s7PTXsnTwYZ7ITM1rgeleewHlWJnVM+FDZ46fp4tMeMPjfBSoKcNlg4+jCkM3HUe2UUKTPfdY3Rmw==",
        ],
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        [
            "7y+px4RtziM8wWa0NjkCcni+TuRPALsdRcdd4t0M12E=",
            "yFn2wAoeABPuecHlzHVmtt+mwolxxGzhqzIhzfuitsbYbmMOVn0DwMeAvC+a1Rek",
            "77ErJ79hQCyiUeOVYmMQ3Ao9sHak1+Spvb75/vlnZV2bK8c7k+EuqCSMKDkE9NcAcGxzqa1iUv/G65B9l8cLdg==",
        ],
    ),
    (
        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
        [
            "iA8ZAtQVjy8zzgavQbkHGZd80eozep3i5B7bP/XlQ9Y=",
            "qEatkjaZxn310JMkE0xkXR4V9EKfJIhWy/HKiWd2TPh0FHbqVX3VBciR/kfiSHod",
            "oSLIySQ+U/k/B1Gn+0QH8Rh6mbZu8YYMjRA3310Ow8jZ8vyn3jgXCa85AnfIua0593ex5QW0/SbISfoKnja1xA==",
        ],
    ),
];

/// The algorithms by their name in Subresource Integrity, and their code and length as a multihash.
const ALGORITHMS: [(&str, [u8; 2]); 3] = [
    ("sha256-", [0x12, 32]),
    ("sha384-", [0x20, 48]),
    ("sha512-", [0x13, 64]),
];

/// Which digest of a related resource is not that of the pinned context that it names.
pub(super) fn differs(resource: &Object) -> Option<&'static str> {
    let text = |name: &str| resource.get(name).and_then(Json::as_str);
    let id = text("id")?;
    let (_, digests) = DIGESTS.iter().find(|(url, _)| *url == id)?;
    let sri = text("digestSRI").is_some_and(|sri| {
        !sri.split_ascii_whitespace()
            .all(|one| is_integrity(one, digests))
    });
    let multibase = text("digestMultibase").is_some_and(|text| !is_multihash(text, digests));
    match (sri, multibase) {
        (true, _) => Some("digestSRI"),
        (_, true) => Some("digestMultibase"),
        _ => None,
    }
}

fn is_integrity(text: &str, digests: &[&str; 3]) -> bool {
    let text = text.split_once('?').map_or(text, |(digest, _)| digest);
    let mut known = ALGORITHMS.iter().zip(digests);
    known.any(|((prefix, _), digest)| text.strip_prefix(prefix) == Some(digest))
}

fn is_multihash(text: &str, digests: &[&str; 3]) -> bool {
    let bytes = match text.split_at_checked(1) {
        Some(("u", digits)) => URL_SAFE_NO_PAD.decode(digits).ok(),
        // The longest here is SHA-512, 66 bytes: no more than 92 digits.
        Some(("z", digits)) if digits.len() < 100 => bs58::decode(digits).into_vec().ok(),
        _ => None,
    };
    let Some(bytes) = bytes else { return false };
    let mut known = ALGORITHMS.iter().zip(digests);
    known.any(|((_, prefix), digest)| {
        let hash = bytes.strip_prefix(prefix.as_slice());
        hash.is_some_and(|hash| STANDARD.encode(hash) == *digest)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const URL: &str = "https://www.w3.org/ns/credentials/v2";

    fn wrong(members: Value) -> Option<&'static str> {
        let mut resource = Object::new();
        resource.insert("id", URL);
        for (name, value) in members.as_object().unwrap() {
            resource.insert(name.as_str(), value.clone());
        }
        differs(&resource)
    }

    #[test]
    fn each_way_to_write_the_digest_is_read() {
        let (_, digests) = DIGESTS[0];
        for ((name, prefix), digest) in ALGORITHMS.iter().zip(digests) {
            assert_eq!(wrong(json!({"digestSRI": format!("{name}{digest}")})), None);
            let hash = [prefix.as_slice(), &STANDARD.decode(digest).unwrap()].concat();
            let base64 = format!("u{}", URL_SAFE_NO_PAD.encode(&hash));
            let base58 = format!("z{}", bs58::encode(&hash).into_string());
            for text in [base64, base58] {
                assert_eq!(wrong(json!({"digestMultibase": text})), None);
            }
        }
    }

    #[test]
    fn any_other_digest_is_wrong() {
        let (_, other) = DIGESTS[1];
        let (_, own) = DIGESTS[0];
        for sri in [
            format!("sha256-{}", other[0]),
            format!("sha384-{}", own[0]),
            format!("sha256-{} sha384-{}", own[0], other[1]),
        ] {
            assert_eq!(wrong(json!({"digestSRI": sri})), Some("digestSRI"));
        }
        let bare = STANDARD.decode(own[0]).unwrap();
        for text in [
            format!("u{}", URL_SAFE_NO_PAD.encode(bare)),
            String::new(),
            "z".repeat(200),
            "é".to_owned(),
        ] {
            assert_eq!(
                wrong(json!({"digestMultibase": text})),
                Some("digestMultibase")
            );
        }
        let mut elsewhere = Object::new();
        elsewhere.insert("id", "https://school.example/file");
        elsewhere.insert("digestSRI", "sha256-x");
        assert_eq!(differs(&elsewhere), None);
    }
}

//! Signatures as text: `proofValue` (multibase of Controlled Identifiers 1.0, section 2.4).

use crate::credential::crypto::SIGNATURE_LENGTH;

/// The multibase header of base58btc.
const BASE58BTC: char = 'z';
/// The most digits that 64 bytes have in base58.
const MAX_DIGITS: usize = 88;

/// The `proofValue` of a signature: `z` and its base58btc digits.
#[must_use]
pub fn encode(signature: &[u8; SIGNATURE_LENGTH]) -> String {
    let mut text = String::with_capacity(MAX_DIGITS + 1);
    text.push(BASE58BTC);
    text.push_str(&bs58::encode(signature).into_string());
    text
}

/// The signature in a `proofValue`; what is wrong with it otherwise.
///
/// # Errors
/// When the text is in another base, has a character that base58btc does not have, or holds other
/// than 64 bytes.
pub fn decode(text: &str) -> Result<[u8; SIGNATURE_LENGTH], &'static str> {
    let digits = text
        .strip_prefix(BASE58BTC)
        .ok_or("it must be base58btc, beginning with z")?;
    if digits.len() > MAX_DIGITS {
        return Err("it must hold a signature of 64 bytes, and is longer");
    }
    let bytes = bs58::decode(digits)
        .into_vec()
        .map_err(|_| "it has a character that base58btc does not have")?;
    // Each byte string has one base58 form, so nothing else can stand for the same signature.
    bytes
        .try_into()
        .map_err(|_| "it must hold a signature of 64 bytes, and holds another number")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn other_bases_lengths_and_characters_are_refused() {
        let good = encode(&[0xa5; 64]);
        let digits = good.trim_start_matches('z');
        let last = good.chars().next_back().unwrap();
        let of = |bytes: &[u8]| format!("z{}", bs58::encode(bytes).into_string());
        for bad in [
            "",
            "z",
            digits,
            &format!("u{digits}"),
            &format!("Z{digits}"),
            &format!("{good}="),
            &format!("{good} "),
            &format!(" {good}"),
            &format!("{good}\n"),
            &format!("z1{digits}"),
            &good.replace(last, "0"),
            &good.replace(last, "é"),
            &of(&[0xa5; 63]),
            &of(&[0xa5; 65]),
            &format!("z{}", "1".repeat(1_000_000)),
        ] {
            assert!(decode(bad).is_err(), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn signatures_go_round(bytes: [u8; 64], zeros in 0..64_usize) {
            let mut bytes = bytes;
            bytes[..zeros].fill(0);
            prop_assert_eq!(decode(&encode(&bytes)), Ok(bytes));
        }

        #[test]
        fn what_is_read_is_the_one_form(digits in "[1-9A-HJ-NP-Za-km-z]{60,88}") {
            let text = format!("z{digits}");
            if let Ok(bytes) = decode(&text) {
                prop_assert_eq!(encode(&bytes), text);
            }
        }
    }
}

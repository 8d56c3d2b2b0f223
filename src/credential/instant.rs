//! Points in time as credentials write them.

use jiff::Timestamp;

/// Reads an XML Schema `dateTimeStamp`: date, `T`, time, perhaps a fraction, and a time zone.
/// `None` for anything else, a leap second among it: that type has none.
#[must_use]
pub fn instant(text: &str) -> Option<Timestamp> {
    const SHAPE: &[u8] = b"dddd-dd-ddTdd:dd:dd";
    if text.len() > 40 || !text.is_ascii() {
        return None;
    }
    let (head, tail) = text.as_bytes().split_at_checked(SHAPE.len())?;
    let fits = |(byte, shape): (&u8, &u8)| match shape {
        b'd' => byte.is_ascii_digit(),
        _ => byte == shape,
    };
    if !head.iter().zip(SHAPE).all(fits) || head.ends_with(b"60") {
        return None;
    }
    let zone = match tail.split_first()? {
        (b'.', rest) => {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            (digits > 0).then(|| rest.get(digits..))??
        }
        _ => tail,
    };
    let zoned = match zone {
        [b'Z'] => true,
        // XML Schema 1.1, part 2, section 3.3.7: no offset is beyond 14 hours.
        [
            b'+' | b'-',
            h1 @ b'0'..=b'1',
            h2 @ b'0'..=b'9',
            b':',
            m1 @ b'0'..=b'5',
            m2 @ b'0'..=b'9',
        ] => [*h1, *h2, *m1, *m2] <= *b"1400",
        _ => false,
    };
    if zoned { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::instant;

    #[test]
    fn only_whole_dates_with_a_time_zone_are_read() {
        for good in [
            "2026-11-22T00:00:00Z",
            "2026-11-22T00:00:00.5+01:00",
            "2024-02-29T23:59:59-11:30",
        ] {
            assert!(instant(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "2026-11-22",
            "2026-11-22T00:00:00",
            "2026-11-22 00:00:00Z",
            "2026-11-22t00:00:00z",
            "2026-13-01T00:00:00Z",
            "2025-02-29T00:00:00Z",
            "2026-11-22T25:00:00Z",
            "2026-12-31T23:59:60Z",
            "2026-11-22T00:00:00.Z",
            "2026-11-22T00:00:00+0100",
            "2026-11-22T00:00:00Z[UTC]",
            "+2026-11-22T00:00:00Z",
            "２026-11-22T00:00:00Z",
        ] {
            assert!(instant(bad).is_none(), "{bad}");
        }
    }
}

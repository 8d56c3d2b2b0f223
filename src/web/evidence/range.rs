//! One range of bytes (RFC 9110, section 14).

/// The first and the last byte that a `Range` asks for of `size` bytes; `Some(None)` where there is
/// no such byte, `None` where it is to be ignored: other units, several ranges, nonsense.
pub(super) fn parse(range: &str, size: u64) -> Option<Option<(u64, u64)>> {
    let (first, last) = range.strip_prefix("bytes=")?.trim().split_once('-')?;
    let number = |digits: &str| {
        let plain = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| digits.parse::<u64>().unwrap_or(u64::MAX))
    };
    if first.is_empty() {
        // The last so many.
        let count = number(last)?.min(size);
        return Some((count > 0).then(|| (size - count, size - 1)));
    }
    let first = number(first)?;
    let last = if last.is_empty() {
        u64::MAX
    } else {
        number(last)?
    };
    if last < first {
        return None;
    }
    Some((first < size).then(|| (first, last.min(size - 1))))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::parse;

    #[test]
    fn one_range_is_cut_to_what_there_is() {
        for (range, expected) in [
            ("bytes=0-0", Some(Some((0, 0)))),
            ("bytes=2-4", Some(Some((2, 4)))),
            ("bytes=2-", Some(Some((2, 9)))),
            ("bytes=8-99999999999999999999999", Some(Some((8, 9)))),
            ("bytes=-3", Some(Some((7, 9)))),
            ("bytes=-30", Some(Some((0, 9)))),
            ("bytes=-0", Some(None)),
            ("bytes=10-", Some(None)),
            ("bytes=4-2", None),
            ("bytes=0-1,3-4", None),
            ("bytes=a-b", None),
            ("bytes=-", None),
            ("lines=1-2", None),
            ("", None),
        ] {
            assert_eq!(parse(range, 10), expected, "{range}");
        }
    }

    proptest! {
        #[test]
        fn what_is_given_is_there(range in "(bytes=)?[0-9]{0,3}-[0-9]{0,3}", size in 0_u64..500) {
            if let Some(Some((first, last))) = parse(&range, size) {
                prop_assert!(first <= last && last < size);
            }
        }
    }
}

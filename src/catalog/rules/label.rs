//! The order of version labels.

use std::cmp::Ordering;

/// Compares two version labels, older first: runs of digits by their number, so that `v.9.1` is
/// older than `v.26.05`, everything else by its characters.
#[must_use]
pub fn compare_labels(a: &str, b: &str) -> Ordering {
    let (mut a_rest, mut b_rest) = (a, b);
    loop {
        let (a_digits, b_digits) = (digits(a_rest), digits(b_rest));
        if !a_digits.is_empty() && !b_digits.is_empty() {
            let by_number = number(a_digits).cmp(&number(b_digits));
            if by_number != Ordering::Equal {
                return by_number;
            }
            a_rest = a_rest.get(a_digits.len()..).unwrap_or_default();
            b_rest = b_rest.get(b_digits.len()..).unwrap_or_default();
            continue;
        }
        let (mut a_chars, mut b_chars) = (a_rest.chars(), b_rest.chars());
        match (a_chars.next(), b_chars.next()) {
            (Some(x), Some(y)) if x == y => {}
            // Labels that differ only in leading zeros are still two labels.
            (None, None) => return a.cmp(b),
            (x, y) => return x.cmp(&y),
        }
        (a_rest, b_rest) = (a_chars.as_str(), b_chars.as_str());
    }
}

fn digits(text: &str) -> &str {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// A run of digits in a form that compares like the number, however long it is.
fn number(digits: &str) -> (usize, &str) {
    let significant = digits.trim_start_matches('0');
    (significant.len(), significant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_compare_as_numbers() {
        let rising = [
            "",
            "v",
            "v.9.1",
            "v.9.2",
            "v.26.05",
            "v.26.05.1",
            "v.26.11",
            "w.1",
        ];
        for pair in rising.windows(2) {
            assert_eq!(compare_labels(pair[0], pair[1]), Ordering::Less, "{pair:?}");
        }
    }

    proptest! {
        #[test]
        fn it_is_an_order(a in "[v.0-2é]{0,6}", b in "[v.0-2é]{0,6}", c in "[v.0-2é]{0,6}") {
            prop_assert_eq!(compare_labels(&a, &b), compare_labels(&b, &a).reverse());
            prop_assert_eq!(compare_labels(&a, &b) == Ordering::Equal, a == b);
            let mut sorted = [a, b, c];
            sorted.sort_by(|x, y| compare_labels(x, y));
            prop_assert!(compare_labels(&sorted[0], &sorted[2]) != Ordering::Greater);
        }
    }
}

//! Which form of a document a reader wants, such as JSON for machines, a page for people.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT;

use super::media_type::{MediaType, split};

/// A form that a document comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// JSON of this program's own.
    Json,
    /// A page for people.
    Html,
    /// JSON-LD, in vocabularies that others know.
    JsonLd,
    /// JSON of 1EdTech CASE 1.1. No media type is registered for it: this one is in the manner of
    /// its publisher's others.
    Case,
}

impl Form {
    /// Its media type.
    pub(super) const fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Html => "text/html",
            Self::JsonLd => "application/ld+json",
            Self::Case => "application/vnd.ims.case.v1p1+json",
        }
    }
}

/// How well a reader's ranges like a form: the weight in thousandths, then how precisely
/// the range names it.
type Liking = (u16, u8);

/// Chooses among the forms that a document comes in. `None` where all are refused.
pub(super) fn negotiate(headers: &HeaderMap, forms: &[Form]) -> Option<Form> {
    let offers: Vec<&'static str> = forms.iter().map(|form| form.media_type()).collect();
    let chosen = among(headers, &offers)?;
    forms
        .iter()
        .copied()
        .find(|form| form.media_type() == chosen)
}

/// Chooses among media types by the `Accept` headers (RFC 9110, section 12.5.1). The most precise
/// range that takes in a type gives its weight; the greater weight wins, then the type that was
/// named more precisely, then the one that comes first. `None` where all are refused.
pub(super) fn among(headers: &HeaderMap, offers: &[&'static str]) -> Option<&'static str> {
    let ranges = ranges(headers);
    if ranges.is_empty() {
        return offers.first().copied();
    }
    let mut best: Option<(Liking, &'static str)> = None;
    for offer in offers {
        let family = offer.split('/').next().unwrap_or_default();
        let liked = liking(&ranges, offer, &format!("{family}/*"));
        if liked.0 > 0 && best.is_none_or(|(most, _)| liked > most) {
            best = Some((liked, offer));
        }
    }
    best.map(|(_, offer)| offer)
}

fn ranges(headers: &HeaderMap) -> Vec<(String, u16)> {
    let values = headers.get_all(ACCEPT).into_iter();
    // A value that is no text names nothing that is served.
    let values = values.map(|value| value.to_str().unwrap_or("?"));
    values
        .flat_map(|value| split(value, ','))
        .map(|range| {
            let range = MediaType::parse(range);
            let weight = range.parameter("q").map_or(Some(1000), thousandths);
            // A weight that cannot be read is no weight.
            let weight = weight.filter(|_| range.is_utf8()).unwrap_or(0);
            (range.essence, weight)
        })
        .collect()
}

fn liking(ranges: &[(String, u16)], exact: &str, family: &str) -> Liking {
    for (precision, name) in [(2, exact), (1, family), (0, "*/*")] {
        let weights = ranges.iter().filter(|(range, _)| range == name);
        if let Some(weight) = weights.map(|(_, weight)| *weight).max() {
            return if weight == 0 {
                (0, 0)
            } else {
                (weight, precision)
            };
        }
    }
    (0, 0)
}

/// A weight from `0` to `1` with at most three decimals (RFC 9110, section 12.4.2).
fn thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let decimals: u16 = format!("{decimals:0<3}").parse().ok()?;
    match whole {
        "0" => Some(decimals),
        "1" if decimals == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header::ACCEPT};

    use super::{
        Form::{Html, Json, JsonLd},
        negotiate, thousandths,
    };

    #[test]
    fn readers_get_the_form_they_like_best() {
        for (accept, form) in [
            (&[][..], Some(Json)),
            (&[""], Some(Json)),
            (&["*/*"], Some(Json)),
            (&["application/json"], Some(Json)),
            (&["application/*"], Some(Json)),
            (&["text/html"], Some(Html)),
            (&["Text/HTML; Charset=UTF-8"], Some(Html)),
            (&["text/*"], Some(Html)),
            // Browsers.
            (
                &["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"],
                Some(Html),
            ),
            (
                &[
                    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
                ],
                Some(Html),
            ),
            (&["text/html, */*"], Some(Html)),
            (&["application/json, text/plain, */*"], Some(Json)),
            (&["text/html, application/json"], Some(Json)),
            (&["text/html;q=0.9, application/json"], Some(Json)),
            (&["text/html, application/json;q=0.999"], Some(Html)),
            (&["application/json;q=0.1", "text/html;q=0.2"], Some(Html)),
            (&["*/*, application/json;q=0"], Some(Html)),
            (&["*/*, text/html;q=0"], Some(Json)),
            (&["application/json;q=0, text/html;q=0.0"], None),
            (&["application/json;q=2"], None),
            (&["application/json;q=NaN"], None),
            (&["application/json; charset=utf-16"], None),
            (&["*/*;q=0"], None),
            (&["image/png"], None),
            (&["?"], None),
        ] {
            let mut headers = HeaderMap::new();
            for value in accept {
                headers.append(ACCEPT, HeaderValue::from_static(value));
            }
            assert_eq!(negotiate(&headers, &[Json, Html]), form, "{accept:?}");
            let all = negotiate(&headers, &[Json, Html, JsonLd]);
            assert_eq!(all, form, "{accept:?} among all forms");
        }
    }

    #[test]
    fn linked_data_is_for_those_who_ask_for_it() {
        for (accept, form) in [
            ("application/ld+json", Some(JsonLd)),
            (
                "application/ld+json; profile=\"http://www.w3.org/ns/json-ld#compacted\"",
                Some(JsonLd),
            ),
            ("Application/LD+JSON, */*;q=0.1", Some(JsonLd)),
            ("application/ld+json, application/json;q=0.9", Some(JsonLd)),
            ("application/ld+json;q=0.9, application/json", Some(Json)),
            ("application/ld+json, application/json", Some(Json)),
            ("text/html, application/ld+json;q=0.999", Some(Html)),
            ("application/ld+json;q=0.2, text/html;q=0.1", Some(JsonLd)),
            ("application/*, application/json;q=0", Some(JsonLd)),
            ("application/ld+json, */*", Some(JsonLd)),
            ("application/ld+json;q=0, */*", Some(Json)),
            ("application/ld+json;q=0", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.append(ACCEPT, HeaderValue::from_static(accept));
            let chosen = negotiate(&headers, &[Json, Html, JsonLd]);
            assert_eq!(chosen, form, "{accept}");
            let other = negotiate(&headers, &[Json, Html]);
            assert_ne!(other, Some(JsonLd), "{accept}");
        }
    }

    #[test]
    fn the_first_of_what_is_liked_alike_is_chosen() {
        let offers = ["application/vc", "application/json", "application/vc+jwt"];
        for (accept, chosen) in [
            ("*/*", Some("application/vc")),
            ("application/*", Some("application/vc")),
            ("application/vc+jwt", Some("application/vc+jwt")),
            ("application/vc+jwt, */*", Some("application/vc+jwt")),
            ("application/vc+jwt;q=0.5, */*", Some("application/vc")),
            (
                "application/json, application/vc+jwt",
                Some("application/json"),
            ),
            (
                "application/vc;q=0, application/*;q=0.1",
                Some("application/json"),
            ),
            ("application/vp", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.append(ACCEPT, HeaderValue::from_static(accept));
            assert_eq!(super::among(&headers, &offers), chosen, "{accept}");
        }
        assert_eq!(
            super::among(&HeaderMap::new(), &offers),
            Some("application/vc")
        );
    }

    #[test]
    fn weights_are_read_strictly() {
        for (text, weight) in [
            ("0", Some(0)),
            ("0.", Some(0)),
            ("0.5", Some(500)),
            ("0.05", Some(50)),
            ("0.999", Some(999)),
            ("1", Some(1000)),
            ("1.000", Some(1000)),
            ("1.001", None),
            ("0.0001", None),
            ("2", None),
            ("-0", None),
            ("+1", None),
            ("", None),
            (".5", None),
            ("0.1e1", None),
        ] {
            assert_eq!(thousandths(text), weight, "{text:?}");
        }
    }
}

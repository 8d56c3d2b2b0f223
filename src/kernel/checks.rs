//! Checks on what a client sends, gathered so that all problems are told at once.

use url::Url;

use super::errors::{Error, Problem, Result};

/// Collects what is wrong with an input, so that a client learns all of it at once.
#[derive(Debug, Default)]
pub struct Checks(Vec<Problem>);

impl Checks {
    /// Notes a problem with `input.{field}` unless `ok`.
    pub fn require(&mut self, ok: bool, field: &str, code: &'static str, message: &str) {
        if !ok {
            self.0
                .push(Problem::new(format!("input.{field}"), code, message));
        }
    }

    /// A text of 1 to `max` characters that is not only white space.
    pub fn text(&mut self, text: &str, max: usize, field: &str) {
        let ok = !text.trim().is_empty() && text.chars().count() <= max;
        self.require(
            ok,
            field,
            "BAD_LENGTH",
            &format!("give 1 to {max} characters"),
        );
    }

    /// An absolute http or https URL.
    pub fn web_url(&mut self, text: &str, field: &str) {
        self.require(
            is_web_url(text),
            field,
            "BAD_URL",
            "give an absolute http or https address, such as https://college.example",
        );
    }

    /// An e-mail address, where one is given.
    pub fn email(&mut self, email: Option<&str>) {
        self.require(
            email.is_none_or(is_email),
            "email",
            "BAD_EMAIL",
            "give an address such as ada@college.example, or leave it out",
        );
    }

    /// A number from `low` to `high`.
    pub fn range(&mut self, n: i32, low: i32, high: i32, field: &str) {
        self.require(
            (low..=high).contains(&n),
            field,
            "OUT_OF_RANGE",
            &format!("give a number from {low} to {high}"),
        );
    }

    /// Everything that was noted.
    #[must_use]
    pub fn into_problems(self) -> Vec<Problem> {
        self.0
    }

    /// Fails with everything that was noted.
    pub fn done(self) -> Result<()> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(self.0))
        }
    }
}

/// Whether `text` is an absolute http or https URL with a host, of sane length.
#[must_use]
pub fn is_web_url(text: &str) -> bool {
    text.len() <= 2_000
        && !text.chars().any(|c| c.is_whitespace() || c.is_control())
        && Url::parse(text)
            .is_ok_and(|u| matches!(u.scheme(), "http" | "https") && u.host().is_some())
}

/// Whether `text` looks like an e-mail address: one `@`, a dotted domain, no white space.
#[must_use]
pub fn is_email(text: &str) -> bool {
    let plain = text.len() <= 254 && !text.chars().any(|c| c.is_whitespace() || c.is_control());
    plain
        && text.rsplit_once('@').is_some_and(|(local, domain)| {
            !local.is_empty()
                && !local.contains('@')
                && domain.contains('.')
                && !domain.starts_with('.')
                && !domain.ends_with('.')
        })
}

/// Whether `text` is a DID (DID Core 1.0 §3.1) without path, query or fragment.
#[must_use]
pub fn is_did(text: &str) -> bool {
    let Some((method, id)) = text.strip_prefix("did:").and_then(|r| r.split_once(':')) else {
        return false;
    };
    let id_char = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ':' | '%');
    text.len() <= 500
        && !method.is_empty()
        && method
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        && !id.is_empty()
        && !id.ends_with(':')
        && id.chars().all(id_char)
}

/// Whether `text` can stand in URLs as a provider's name.
#[must_use]
pub fn is_slug(text: &str) -> bool {
    (2..=40).contains(&text.len())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_told_apart() {
        assert!(is_slug("riverside-2") && !is_slug("-x") && !is_slug("A") && !is_slug("a/b"));
        assert!(is_email("ada@college.example"));
        for bad in ["ada", "@x.y", "a@b", "a b@c.d", "a@@b.c", "a@.b"] {
            assert!(!is_email(bad), "{bad}");
        }
        assert!(is_did("did:web:college.example:people:ada") && is_did("did:key:z6Mk"));
        for bad in [
            "did:",
            "did:web",
            "did:WEB:x",
            "did:web:x#k",
            "web:x",
            "did:web:x/y",
        ] {
            assert!(!is_did(bad), "{bad}");
        }
        assert!(is_web_url("https://college.example") && !is_web_url("ftp://x.y"));
    }
}

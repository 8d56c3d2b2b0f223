//! Addresses, as they may be shown.

/// A database URL without its password, for messages and logs.
#[must_use]
pub fn redact(url: &str) -> String {
    match url::Url::parse(url) {
        Ok(mut u) if u.password().is_some() => {
            if u.set_password(Some("redacted")).is_err() {
                return format!("{}:…", u.scheme());
            }
            u.to_string()
        }
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_stay_out_of_messages() {
        let shown = redact("postgres://attestry:s3cret@db.example/attestry");
        assert!(!shown.contains("s3cret") && shown.contains("db.example"));
        assert_eq!(redact("sqlite:attestry.db"), "sqlite:attestry.db");
    }
}

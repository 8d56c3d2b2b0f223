//! Addresses, as they may be shown.

/// A database URL for messages and logs: without password and query, which
/// may hold one too; of what is no URL only the scheme.
#[must_use]
pub fn redact(url: &str) -> String {
    if url.starts_with("sqlite:") {
        return url.to_owned();
    }
    let scheme = url.split(':').next().unwrap_or_default();
    let hidden = || format!("{scheme}:…");
    let Ok(mut shown) = url::Url::parse(url) else {
        return hidden();
    };
    shown.set_query(None);
    if shown.password().is_some() && shown.set_password(Some("redacted")).is_err() {
        return hidden();
    }
    shown.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_stay_out_of_messages() {
        let shown = redact("postgres://attestry:s3cret@db.example/attestry");
        assert!(!shown.contains("s3cret") && shown.contains("db.example"));
        assert_eq!(redact("sqlite:attestry.db"), "sqlite:attestry.db");
        for url in [
            "postgres://a:s3cret@db:54x2/x",
            "postgres://h/d?password=s3cret",
        ] {
            assert!(!redact(url).contains("s3cret"), "{url}");
        }
    }
}

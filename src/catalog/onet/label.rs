//! The label of a release.

/// The release that the first line of a release's `Read Me.txt` names: `30.1` of
/// `O*NET 30.1 Database`.
#[must_use]
pub fn read_me_release(first_line: &str) -> Option<String> {
    let line = first_line.trim_start_matches('\u{feff}').trim();
    let label = line.strip_prefix("O*NET ")?.strip_suffix(" Database")?;
    release(label)
}

/// The release that a folder's name tells: `30.1` of `onet-30.1`, and of `db_30_1_text`, which is
/// how the published archive names it.
#[must_use]
pub fn folder_release(name: &str) -> Option<String> {
    let name = name.to_ascii_lowercase();
    if let Some(label) = name.strip_prefix("onet-") {
        return release(label);
    }
    let label = name.strip_prefix("db_")?.strip_suffix("_text")?;
    release(&label.replace('_', "."))
}

/// Two or three numbers with points between them.
fn release(text: &str) -> Option<String> {
    let is_number =
        |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let parts = text.split('.').count();
    ((2..=3).contains(&parts) && text.split('.').all(is_number)).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_named_by_their_files_or_their_folder() {
        let told = Some("30.1".to_owned());
        assert_eq!(read_me_release("O*NET 30.1 Database"), told);
        assert_eq!(read_me_release("\u{feff}O*NET 30.1 Database\r\n"), told);
        assert_eq!(read_me_release("O*NET Database"), None);
        assert_eq!(folder_release("onet-30.1"), told);
        assert_eq!(folder_release("ONET-30.1"), told);
        assert_eq!(folder_release("db_30_1_text"), told);
        for name in ["onet", "onet-30", "onet-30.", "onet-x.1", "30.1", "db_text"] {
            assert_eq!(folder_release(name), None, "{name}");
        }
    }
}

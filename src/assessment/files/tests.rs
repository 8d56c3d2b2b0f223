use proptest::prelude::*;

use super::*;

const PDF: &[u8] = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
const JPEG: &[u8] = b"\xff\xd8\xff\xe0\0\x10JFIF";
const WEBP: &[u8] = b"RIFF\x24\0\0\0WEBPVP8 ";
const MP4: &[u8] = b"\0\0\0\x18ftypisom";
const MP3: &[u8] = b"\xff\xfb\x90\x64\0\0";
const TEXT: &[u8] = "Grüße, seen at the desk".as_bytes();

#[test]
fn each_type_has_its_own_beginning() {
    let files = [
        ("application/pdf", PDF),
        ("image/png", PNG),
        ("image/jpeg", JPEG),
        ("image/webp", WEBP),
        ("video/mp4", MP4),
        ("audio/mpeg", MP3),
        ("text/plain", TEXT),
    ];
    for (kind, _) in files {
        for (other, bytes) in files {
            assert_eq!(fits(kind, bytes), kind == other, "{other} as {kind}");
        }
    }
    assert!(fits("audio/mpeg", b"ID3\x04\0"));
    assert!(fits("text/csv", TEXT) && fits("application/json", b"{\"a\": 1}"));
    assert!(!fits("text/plain", b"a\0b") && !fits("application/json", PDF));
    // A layer, or a version, that is reserved.
    assert!(!fits("audio/mpeg", b"\xff\xf9") && !fits("audio/mpeg", b"\xff\xeb"));
    // Too short for its signature.
    assert!(
        !fits("image/webp", b"RIFF") && !fits("video/mp4", b"") && !fits("audio/mpeg", b"\xff")
    );
}

#[test]
fn only_listed_types_are_taken_however_they_are_written() {
    let limits = Limits::default();
    for (declared, taken) in [
        ("application/pdf", Some("application/pdf")),
        ("Text/Plain; charset=utf-8", Some("text/plain")),
        (" image/png ", Some("image/png")),
        ("text/html", None),
        ("image/svg+xml", None),
        ("application/pdf, text/html", None),
        ("", None),
        ("*/*", None),
    ] {
        let read = limits.media_type(declared);
        assert_eq!(read.as_deref().ok(), taken, "{declared}");
        assert!(
            read.is_ok_and(|_| true)
                || limits
                    .media_type(declared)
                    .is_err_and(|p| p.code == "UNSUPPORTED_MEDIA_TYPE")
        );
    }
}

#[test]
fn the_largest_file_is_taken_and_no_larger() {
    let limits = Limits {
        max_bytes: 10,
        ..Limits::default()
    };
    assert!(limits.size(10).is_ok());
    assert!(limits.size(11).is_err_and(|p| p.code == "TOO_LARGE"));
}

#[test]
fn names_are_names_and_no_paths() {
    for (given, name) in [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ada\\report.pdf", "report.pdf"),
        (" .hidden ", "hidden"),
        ("..", "evidence"),
        ("", "evidence"),
        ("a/", "evidence"),
        ("gr\u{fc}n\r\nX: y.txt", "gr\u{fc}n  X: y.txt"),
        ("a\u{202e}fdp.exe", "a\u{fffd}fdp.exe"),
    ] {
        assert_eq!(file_name(given), name, "{given:?}");
    }
}

proptest! {
    #[test]
    fn whatever_is_given_a_name_is_one_line_without_separators(given in ".*") {
        let name = file_name(&given);
        prop_assert!(!name.is_empty() && name.chars().count() <= MAX_NAME);
        prop_assert!(!name.contains(['/', '\\']) && !name.chars().any(char::is_control));
        prop_assert!(!name.starts_with('.'));
    }

    #[test]
    fn any_beginning_is_judged_without_harm(head in prop::collection::vec(any::<u8>(), 0..64)) {
        for kind in DEFAULT_TYPES {
            let whole = fits(kind, &head);
            prop_assert_eq!(fits(kind, &head), whole);
        }
    }

    #[test]
    fn contents_lie_below_their_provider(bytes in any::<[u8; 32]>(), id in any::<u128>()) {
        let provider = Uuid::from_u128(id);
        let path = path(Path::new("/e"), provider, &bytes);
        let hex = digest::hex(&bytes);
        prop_assert_eq!(path, PathBuf::from(format!("/e/{provider}/{}/{hex}", hex.get(..2).unwrap())));
    }
}

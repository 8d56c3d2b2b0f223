//! `attestry import` finds the releases among the files it is given.

use std::fs;

use attestry::catalog::samples::SAMPLES;

use super::release::{RATINGS, write, write_main, write_ratings};
use crate::cli::run;

#[test]
fn folders_are_releases_and_everything_else_is_a_document() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    write_ratings(&at("all/onet-1.9"), "Skills.txt", "2.A.", &["4"]);
    write(&at("all/onet-1.9"), "Work Activities.txt", RATINGS, &[]);
    write_main(&at("all/main"));
    fs::write(
        at("all/main/Read Me.txt"),
        "O*NET 2.1 Database\r\nMore.\r\n",
    )
    .expect("written");
    let crosswalk =
        "CIP2020Code,CIP2020Title,SOC2018Code,SOC2018Title\r\n01.0101,Fields.,11-1011,X";
    fs::write(at("all/any name"), crosswalk).expect("written");
    fs::write(at("all/main/framework"), SAMPLES[0].bytes).expect("written");
    let ended = run(folder.path(), &["import", "all"]);
    assert_eq!((ended.code, ended.err.as_str()), (Some(0), ""));
    for words in [
        "Imported: O*NET 2.1 Database\n  Occupation Data: 3 rows for 3 occupations\n",
        "  Job Zone Reference: 1 row\n",
        "  3 occupations new in the catalog, 0 changed\nImported: O*NET 1.9 Database\n  Skills: 6 rows for 3 occupations\n",
        "  Not read, for the catalog has no use for it: Work Activities\n",
        "Imported: CIP 2020 to SOC 2018 Crosswalk\n  CIP to SOC Crosswalk: 1 row for 1 SOC code\n",
        "1 imported, 0 unchanged, 0 refused.",
    ] {
        assert!(
            ended.out.contains(words),
            "{words:?} is not in {}",
            ended.out
        );
    }
    // What is named twice is read once.
    let again = run(
        folder.path(),
        &[
            "import",
            "all/main",
            "all/main/",
            "all/onet-1.9/Skills.txt",
            "all/main/framework",
        ],
    );
    assert_eq!(again.code, Some(0), "{}", again.err);
    assert!(again.out.contains("Unchanged: O*NET 2.1 Database\n"));
    assert!(again.out.contains("Unchanged: O*NET 1.9 Database\n"));
    assert!(again.out.contains("0 imported, 1 unchanged, 0 refused."));
    let none = run(folder.path(), &["export", "11-1011.00"]);
    assert!(
        none.code == Some(1)
            && none
                .err
                .contains("the catalog holds it without a framework"),
        "{}",
        none.err
    );
}

#[test]
fn a_release_is_not_imported_without_a_table_that_is_spoilt() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    write_main(&at("onet-2.1"));
    let path = at("onet-2.1/Task Statements.txt");
    let whole = fs::read_to_string(&path).expect("text");
    let renamed = whole.replacen("O*NET-SOC Code", "SOC Code", 1);
    for (text, why) in [
        (
            renamed.as_str(),
            ":1:O*NET-SOC Code: the first column must be",
        ),
        ("", ": the file is empty"),
    ] {
        fs::write(&path, text).expect("written");
        let ended = run(folder.path(), &["import", "onet-2.1"]);
        let told = format!("onet-2.1/Task Statements.txt{why}");
        assert!(ended.err.starts_with(&told), "{}", ended.err);
        assert_eq!(
            (ended.code, ended.out.as_str()),
            (Some(1), "Refused: onet-2.1\n")
        );
    }
    fs::write(&path, whole).expect("written");
    fs::write(at("other.csv"), "CIP Code,SOC\r\n01.0101,11-1011\r\n").expect("written");
    let ended = run(folder.path(), &["import", "onet-2.1", "other.csv"]);
    let told = "other.csv:1: the header is not that of the CIP to SOC crosswalk";
    assert!(ended.err.starts_with(told), "{}", ended.err);
    assert!(
        ended.out.starts_with("Imported: O*NET 2.1"),
        "{}",
        ended.out
    );
    // A link to a table of another release is a table of this one.
    write_main(&at("onet-2.2"));
    let zones = at("onet-2.2/Job Zones.txt");
    fs::remove_file(&zones).expect("it is there");
    std::os::unix::fs::symlink(at("onet-2.1/Job Zones.txt"), &zones).expect("a link");
    let ended = run(folder.path(), &["import", "onet-2.1", "onet-2.2"]);
    assert_eq!(
        ended.out.matches("  Job Zones: ").count(),
        2,
        "{}{}",
        ended.out,
        ended.err
    );
    // What a file holds counts, and not what it is called.
    fs::write(at("Skills.txt"), SAMPLES[0].bytes).expect("written");
    fs::write(at("framework.csv"), SAMPLES[1].bytes).expect("written");
    let ended = run(folder.path(), &["import", "Skills.txt", "framework.csv"]);
    assert!(
        ended.out.starts_with("2 imported"),
        "{}{}",
        ended.out,
        ended.err
    );
}

#[test]
fn what_is_wrong_is_told_by_file_line_and_column() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name);
    write_main(&at("onet-2.1"));
    let path = write_ratings(&at("onet-2.1"), "Skills.txt", "2.A.", &["4"]);
    let bad = fs::read_to_string(&path)
        .expect("text")
        .replacen("\t4\t", "\tfour\t", 1);
    fs::write(&path, bad).expect("written");
    fs::write(at("framework"), SAMPLES[0].bytes).expect("written");
    let ended = run(folder.path(), &["import", "onet-2.1", "framework"]);
    assert_eq!(ended.code, Some(1));
    assert!(
        ended
            .err
            .starts_with("onet-2.1/Skills.txt:2:Data Value: \"four\" is not"),
        "{}",
        ended.err
    );
    assert!(
        ended.out.starts_with("Refused: onet-2.1\n1 imported, "),
        "{}",
        ended.out
    );

    write_ratings(&at("skills"), "Skills.txt", "2.A.", &["4"]);
    let ended = run(folder.path(), &["import", "skills"]);
    assert_eq!(ended.code, Some(1));
    assert!(
        ended.err.contains("nothing says which release this is"),
        "{}",
        ended.err
    );
    write(&at("onet-3.0"), "Work Activities.txt", RATINGS, &[]);
    let ended = run(folder.path(), &["import", "onet-3.0"]);
    assert!(
        ended.code == Some(1) && ended.err.contains("none of the tables"),
        "{}",
        ended.err
    );
    // In its own folder, a release has a name all the same.
    write_ratings(&at("onet-4.0"), "Skills.txt", "2.A.", &["4"]);
    let ended = run(&at("onet-4.0"), &["import", "Skills.txt"]);
    assert!(
        ended.out.starts_with("Imported: O*NET 4.0 Database\n"),
        "{}{}",
        ended.out,
        ended.err
    );
    write_ratings(&at("onet-4.1"), "Skills.txt", "2.A.", &["4"]);
    let header = "O*NET-SOC Code\tTitle\tDescription";
    for name in ["Occupation Data.txt", "Other.txt"] {
        write(
            &at("onet-4.1"),
            name,
            header,
            &["11-1011.00\tA\tB.".to_owned()],
        );
    }
    let ended = run(folder.path(), &["import", "onet-4.1"]);
    assert!(
        ended.code == Some(1) && ended.err.contains("both hold Occupation Data"),
        "{}",
        ended.err
    );
}

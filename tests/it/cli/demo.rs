//! `attestry demo --once`: the story told to its end, each step doing what it should.

use super::run;

#[test]
fn the_demo_tells_its_story_to_the_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let ended = run(folder.path(), &["demo", "--once"]);
    let told = format!("{}\n{}", ended.out, ended.err);
    assert_eq!(ended.code, Some(0), "{told}");
    for step in 1..=7 {
        assert!(told.contains(&format!("[{step}/7] ")), "{step}: {told}");
    }
    for words in ["record-2.json", "inside the JSON document: eddsa-rdfc-2022"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    let verdicts = |word| told.lines().filter(|line| line.trim() == word).count();
    assert_eq!((verdicts("VALID"), verdicts("INVALID")), (2, 2), "{told}");
}

//! Real packages, where they are at hand: the folder named by `ATTESTRY_SHARED_DIR`.

use super::{read_back, written};
use crate::catalog::import::{Import, Limits, read};
use crate::catalog::rules::freeze;
use crate::kernel::shared_data::shared_dir;

fn real(name: &str) -> Option<Import> {
    let dir = shared_dir("no real package was read")?;
    let bytes = std::fs::read(dir.join("data/case").join(name)).unwrap();
    Some(
        read(&bytes, &Limits::default()).unwrap_or_else(|problems| panic!("{name}: {problems:#?}")),
    )
}

/// How deep the items stand, from 1.
fn depth(import: &Import) -> usize {
    let statements = &import.version.levels[0].statements;
    let mut depths = Vec::new();
    for statement in statements {
        let parent = statement.outline.as_ref().unwrap().parent;
        depths.push(parent.map_or(1, |parent| depths[parent as usize - 1] + 1));
    }
    depths.into_iter().max().unwrap()
}

#[test]
fn every_real_package_is_read_and_written_again_as_it_was() {
    // Items, depth, kinds of mends, places mended.
    let expected = [
        ("MarkdownFramework.json", 2, 1, 0, 0),
        ("SmartLevelFramework.json", 14, 2, 0, 0),
        ("Utf8TestFramework.json", 1, 1, 0, 0),
        ("Ordering.json", 28, 5, 3, 57),
        ("opencase_round_trip_baseline.json", 36, 3, 16, 238),
        (
            "opensalt-framework-20c5134f-423d-4097-a971-3dd5152bf507.json",
            16,
            3,
            12,
            168,
        ),
    ];
    for (name, items, deep, kinds, places) in expected {
        let Some(import) = real(name) else { return };
        let told: usize = import.mended.iter().map(|mend| mend.times).sum();
        let found = (
            import.version.levels[0].statements.len(),
            depth(&import),
            import.mended.len(),
            told,
        );
        assert_eq!(
            found,
            (items, deep, kinds, places),
            "{name}: {:#?}",
            import.mended
        );
        let package = written(&import.version, None);
        let again = read_back(&package);
        assert_eq!(again.mended, [], "{name}");
        assert_eq!(again.version, import.version, "{name}");
        assert_eq!(freeze(None, &again.version), freeze(None, &import.version));
    }
}

#[test]
fn a_real_tree_keeps_its_order() {
    let Some(import) = real("Ordering.json") else {
        return;
    };
    // All but the first four end in a number, and are the children of the fourth.
    let statements = &import.version.levels[0].statements;
    let numbers: Vec<u32> = statements
        .iter()
        .skip(4)
        .map(|statement| {
            let outline = statement.outline.as_ref().unwrap();
            assert_eq!((outline.parent, outline.sequence), (Some(4), None));
            let code = outline.code.as_ref().unwrap();
            code.rsplit_once('.').unwrap().1.parse().unwrap()
        })
        .collect();
    assert_eq!(numbers, (1..=24).collect::<Vec<_>>());
}

#[test]
fn what_a_real_package_says_besides_its_tree_is_kept() {
    let name = "opensalt-framework-20c5134f-423d-4097-a971-3dd5152bf507.json";
    let Some(import) = real(name) else { return };
    let case = import.version.case.as_ref().unwrap();
    assert_eq!(case.associations.len(), 23);
    let first = &import.version.levels[0].statements[0];
    let outline = first.outline.as_ref().unwrap();
    assert_eq!(
        outline.rest.get("educationLevel").unwrap().to_text(),
        "[\"06\"]"
    );
    assert_eq!(import.version.version, "2017-05-25T18:05:33Z");
    let Some(import) = real("opencase_round_trip_baseline.json") else {
        return;
    };
    let case = import.version.case.as_ref().unwrap();
    assert_eq!(case.rubrics.as_ref().unwrap().as_array().unwrap().len(), 2);
    assert_eq!(import.version.version, "2.0");
}

//! What was published stays what it was: digests of frozen documents, and ids, as they were first
//! given out. A change here is a defect.

use std::fs;

use crate::catalog::{
    import::{Limits, read},
    rules::freeze,
    samples::SAMPLES,
};
use crate::kernel::shared_data::shared_dir;

/// Content digest of the import, id and digest of what is frozen from it.
fn of(bytes: &[u8]) -> [String; 3] {
    let import = read(bytes, &Limits::default()).unwrap();
    let frozen = freeze(None, &import.version);
    [
        import.content_digest,
        frozen.id.to_string(),
        frozen.digest_sri,
    ]
}

#[test]
fn the_samples_freeze_to_the_bytes_they_always_did() {
    let found: Vec<_> = SAMPLES.iter().map(|sample| of(sample.bytes)).collect();
    assert_eq!(
        found,
        [
            [
                "3db12ed9cdc28041d2fc1611d388d8c6b8d2feb581d8b33726f3c049dd8445bb",
                "1327087b-8044-5de2-91fc-b36186b366a5",
                "sha384-1rhsFfLjGlY7AfUCWGRfTMNEZOs6T5hhrWXhbqYJLgJItytamvAGTRutszk7S3JL"
            ],
            [
                "8a6c742a63936f41295750afc465874890de735bd330eeb5aea521a1b2a3eef3",
                "c334a86b-8b7e-552a-a8c4-e7f8ae9cb6ed",
                "sha384-xBoyxuOWVgSFNMbJHephYkrN9N7ceOXfTZTfpxyYH1OXYlHP8qT2XpSP2ZZMo3Fu"
            ],
            [
                "04e6c6333fc37fe1dbeb3282631ef6182e4e2828dcd5f5e48d4d5cfee3c6d859",
                "9a84b0fa-b190-5566-994f-08bdc4d53c42",
                "sha384-vCYP5sxFeJszrOO2cewVhqN0H7Hv7gZVoXvzP6hO+exkAJ4J21v6CT/KRTINrdg5"
            ]
        ]
    );
}

#[test]
fn a_real_export_freezes_to_the_bytes_it_always_did() {
    let Some(dir) = shared_dir("no real export was read") else {
        return;
    };
    let bytes = fs::read(dir.join("seeds/003_6e28fa463755f6b8.txt")).unwrap();
    assert_eq!(
        of(&bytes),
        [
            "620ab52e5d550c32050d6b895a285e48289a0a2553049ace928c52a69f20fcc8",
            "c2c84364-9e50-5a06-8272-4b29028113ec",
            "sha384-6RyM+0dcuxzxAmhJpm3vIFjD1/pCi02E3J/C+44fNiasc0eqTf9oXUkiCpSTb7ot"
        ]
    );
}

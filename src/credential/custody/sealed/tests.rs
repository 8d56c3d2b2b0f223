use super::*;

const PROVIDER: Uuid = Uuid::from_u128(1);
const KEY: Uuid = Uuid::from_u128(2);
const OTHER: Uuid = Uuid::from_u128(3);

fn boxes() -> (MasterKey, Vec<u8>, Vec<u8>) {
    let master = MasterKey::from_bytes([1; 32]);
    let data = DataKey::from_bytes([2; 32]);
    let wrapped = master.wrap(PROVIDER, &data, [3; 24]).unwrap();
    let seed = Seed::from_bytes([4; 32]);
    let sealed = data.seal(PROVIDER, KEY, &seed, [5; 24]).unwrap();
    (master, wrapped, sealed)
}

#[test]
fn a_seed_comes_back() {
    let (master, wrapped, sealed) = boxes();
    let data = master.unwrap(PROVIDER, &wrapped).unwrap();
    let seed = data.open(PROVIDER, KEY, &sealed).unwrap();
    assert_eq!(seed.expose(), &[4; 32]);
    assert!(!sealed.windows(32).any(|bytes| bytes == [4; 32]));
    assert!(!wrapped.windows(32).any(|bytes| bytes == [2; 32]));
}

#[test]
fn boxes_do_not_open_in_another_row() {
    let (master, wrapped, sealed) = boxes();
    assert!(matches!(
        master.unwrap(OTHER, &wrapped),
        Err(CustodyError::Damaged { .. })
    ));
    let data = master.unwrap(PROVIDER, &wrapped).unwrap();
    assert!(data.open(OTHER, KEY, &sealed).is_err());
    assert!(data.open(PROVIDER, OTHER, &sealed).is_err());
    assert!(data.open(KEY, PROVIDER, &sealed).is_err());
}

#[test]
fn the_wrong_master_key_names_the_right_one() {
    let (master, wrapped, _) = boxes();
    let other = MasterKey::from_bytes([9; 32]);
    let error = other.unwrap(PROVIDER, &wrapped).unwrap_err();
    assert_eq!(
        error,
        CustodyError::WrongMasterKey {
            expected: master.id(),
            given: other.id(),
        }
    );
    assert!(error.to_string().contains(&master.id()));
    assert_eq!(master.id().len(), 16);
}

#[test]
fn every_altered_or_missing_byte_is_refused() {
    let (master, wrapped, sealed) = boxes();
    let data = master.unwrap(PROVIDER, &wrapped).unwrap();
    for at in 0..wrapped.len() {
        let mut altered = wrapped.clone();
        altered[at] ^= 1;
        assert!(master.unwrap(PROVIDER, &altered).is_err(), "byte {at}");
        assert!(master.unwrap(PROVIDER, &wrapped[..at]).is_err());
    }
    for at in 0..sealed.len() {
        let mut altered = sealed.clone();
        altered[at] ^= 1;
        assert!(data.open(PROVIDER, KEY, &altered).is_err(), "byte {at}");
        assert!(data.open(PROVIDER, KEY, &sealed[..at]).is_err());
    }
}

#[test]
fn master_key_text() {
    let master = MasterKey::from_bytes([1; 32]);
    let text = master.to_text();
    assert_eq!(MasterKey::parse(&text).unwrap().id(), master.id());
    let spaced = format!("  {}=\n", *text);
    assert_eq!(MasterKey::parse(&spaced).unwrap().id(), master.id());
    for bad in ["", "AAAA", "not base64!", &"A".repeat(44), &"A".repeat(42)] {
        assert_eq!(
            MasterKey::parse(bad).unwrap_err(),
            CustodyError::MasterKeyText
        );
    }
}

#[test]
fn nothing_secret_is_printed() {
    let (master, _, _) = boxes();
    let shown = format!(
        "{master:?} {:?} {:?}",
        DataKey::from_bytes([1; 32]),
        Seed::from_bytes([1; 32])
    );
    assert!(shown.contains("redacted") && !shown.contains("1, 1"));
    assert!(!shown.contains(master.to_text().as_str()));
}

#[test]
fn a_secret_opens_in_its_own_row_and_for_its_own_purpose_alone() {
    let (master, wrapped, sealed_seed) = boxes();
    let data = master.unwrap(PROVIDER, &wrapped).unwrap();
    let secret = [7; 72];
    let sealed = data
        .seal_secret(PROVIDER, KEY, "purpose", &secret, [6; 24])
        .unwrap();
    let open =
        |provider, id, purpose, sealed: &[u8]| data.open_secret(provider, id, purpose, sealed);
    assert_eq!(
        open(PROVIDER, KEY, "purpose", &sealed).unwrap().as_slice(),
        secret
    );
    assert!(open(OTHER, KEY, "purpose", &sealed).is_err());
    assert!(open(PROVIDER, OTHER, "purpose", &sealed).is_err());
    assert!(open(PROVIDER, KEY, "purposf", &sealed).is_err());
    // Neither is the other, whatever its length.
    assert!(open(PROVIDER, KEY, "purpose", &sealed_seed).is_err());
    let short = data
        .seal_secret(PROVIDER, KEY, "purpose", &[7; 32], [6; 24])
        .unwrap();
    assert!(data.open(PROVIDER, KEY, &short).is_err());
    for at in 0..sealed.len() {
        let mut altered = sealed.clone();
        altered[at] ^= 1;
        assert!(open(PROVIDER, KEY, "purpose", &altered).is_err(), "{at}");
        assert!(
            open(PROVIDER, KEY, "purpose", &sealed[..at]).is_err(),
            "{at}"
        );
    }
}

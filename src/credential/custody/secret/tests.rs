use super::*;
use crate::credential::did::multikey as public_multikey;
use proptest::prelude::*;

/// The first key pair of RFC 8032, section 7.1.
const SEED: &str = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
const PUBLIC: &str = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
/// The same pair in Multikey form.
const SECRET_MULTIKEY: &str = "z3u2bpACJXYj89Vh7HqHn8oVv2A2niEy9FcQUzzuQTYJ61AX";
const PUBLIC_MULTIKEY: &str = "z6MktwupdmLXVVqTzCw4i46r4uGyosGXRnR3XjN4Zq7oMMsw";

fn bytes(hex: &str) -> [u8; 32] {
    crate::kernel::digest::from_hex(hex).unwrap()
}

fn start(text: &str, length: usize) -> &str {
    text.get(..length).unwrap()
}

fn jwk(seed: &[u8; 32], public: &[u8; 32]) -> String {
    format!(
        r#"{{"kty":"OKP","crv":"Ed25519","d":"{}","x":"{}","kid":"a"}}"#,
        URL_SAFE_NO_PAD.encode(seed),
        URL_SAFE_NO_PAD.encode(public)
    )
}

fn pem_of(der: &[u8]) -> String {
    format!("{PEM_BEGIN}\n{}\n{PEM_END}\n", STANDARD.encode(der))
}

#[test]
fn every_form_gives_the_same_key() {
    let (seed, public) = (bytes(SEED), bytes(PUBLIC));
    let d_alone = jwk(&seed, &public).replace(
        &format!(",\"x\":\"{}\"", URL_SAFE_NO_PAD.encode(public)),
        "",
    );
    for text in [
        SEED.to_owned(),
        format!("  {}\n", SEED.to_uppercase()),
        SECRET_MULTIKEY.to_owned(),
        jwk(&seed, &public),
        d_alone,
        pem_of(&[&PKCS8, seed.as_slice()].concat()),
        pem_of(&[&PKCS8, seed.as_slice()].concat()).replace('\n', "\r\n"),
    ] {
        let read = parse(&text).unwrap();
        assert_eq!(read.expose(), &seed, "{text}");
        assert_eq!(public_multikey(&public_key(&read)), PUBLIC_MULTIKEY);
    }
}

#[test]
fn what_is_no_private_key_is_refused_without_being_repeated() {
    let (seed, public) = (bytes(SEED), bytes(PUBLIC));
    let good = jwk(&seed, &public);
    let d = URL_SAFE_NO_PAD.encode(seed);
    let x25519: Vec<u8> = PKCS8
        .iter()
        .map(|b| if *b == 0x70 { 0x6e } else { *b })
        .chain(seed)
        .collect();
    for text in [
        String::new(),
        "hello".to_owned(),
        start(SEED, 62).to_owned(),
        format!("{SEED}00"),
        format!("{}zz", start(SEED, 62)),
        PUBLIC_MULTIKEY.to_owned(),
        start(SECRET_MULTIKEY, 40).to_owned(),
        format!("z{}", "1".repeat(1_000)),
        "z".repeat(100_000),
        good.replace("OKP", "EC"),
        good.replace("Ed25519", "X25519"),
        good.replace(&format!("\"d\":\"{d}\","), ""),
        good.replace(&d, start(&d, 40)),
        good.replace(&d, &format!("{d}=")),
        good.replace("\"kid\"", "\"d\""),
        jwk(&seed, &seed),
        pem_of(&x25519),
        pem_of(&seed),
        pem_of(&[&PKCS8, seed.as_slice()].concat()).replace(PEM_END, ""),
    ] {
        let told = parse(&text).unwrap_err().to_string();
        for secret in [SEED, d.as_str(), SECRET_MULTIKEY] {
            assert!(!told.contains(start(secret, 20)), "{told}");
        }
    }
    assert_eq!(parse(&jwk(&seed, &seed)).unwrap_err(), SecretError::Halves);
}

proptest! {
    #[test]
    fn any_seed_comes_back_from_each_form(seed: [u8; 32]) {
        let public = public_key(&Seed::from_bytes(seed));
        let secret = [ED25519_PRIV.as_slice(), &seed].concat();
        for text in [
            crate::kernel::digest::hex(&seed),
            format!("z{}", bs58::encode(secret).into_string()),
            jwk(&seed, &public),
            pem_of(&[&PKCS8, seed.as_slice()].concat()),
        ] {
            let read = parse(&text).unwrap();
            prop_assert_eq!(read.expose(), &seed);
        }
    }

    #[test]
    fn no_text_is_a_surprise(text in ".{0,200}") {
        let told = parse(&text).map(|_| ());
        prop_assert!(told.is_ok() || !told.unwrap_err().to_string().is_empty());
    }
}

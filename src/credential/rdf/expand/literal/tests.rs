use super::*;
use crate::kernel::json::{ParseOptions, parse};

fn lexical(json: &str, datatype: Option<&'static str>) -> Result<(String, String), &'static str> {
    let json = parse(json.as_bytes(), &ParseOptions::default()).unwrap();
    match typed(&json, datatype.map(Cow::Borrowed).as_ref())? {
        Term::Literal { lexical, kind } => Ok((
            lexical.into_owned(),
            match kind {
                LiteralKind::Datatype(iri) => iri.rsplit('#').next().unwrap().to_owned(),
                other => format!("{other:?}"),
            },
        )),
        other => panic!("{other:?} is no literal"),
    }
}

fn of(lexical: &str, kind: &str) -> Result<(String, String), &'static str> {
    Ok((lexical.to_owned(), kind.to_owned()))
}

#[test]
fn native_values_have_canonical_forms() {
    assert_eq!(lexical("true", None), of("true", "boolean"));
    assert_eq!(lexical("-0", None), of("0", "integer"));
    assert_eq!(
        lexical("9007199254740991", None),
        of("9007199254740991", "integer")
    );
    assert_eq!(lexical("3.0", None), of("3", "integer"));
    assert_eq!(lexical("5.3", None), of("5.3E0", "double"));
    assert_eq!(lexical("0.1", None), of("1.0E-1", "double"));
    assert_eq!(lexical("-123456.789", None), of("-1.23456789E5", "double"));
    assert_eq!(lexical("1.5e-7", None), of("1.5E-7", "double"));
    assert_eq!(lexical("0.30000000000000004", None), of("3.0E-1", "double"));
}

#[test]
fn a_datatype_is_kept_as_it_is_stated() {
    let float = Some("https://www.w3.org/2001/XMLSchema#float");
    assert_eq!(lexical("3", float), of("3", "float"));
    assert_eq!(lexical("3.5", float), of("3.5E0", "float"));
    assert_eq!(lexical("\"3.50\"", float), of("3.50", "float"));
    assert_eq!(lexical("false", float), of("false", "float"));
    assert_eq!(lexical("\"a\"", Some(XSD_STRING)), of("a", "Plain"));
    let secure = Some("https://www.w3.org/2001/XMLSchema#string");
    assert_eq!(lexical("\"a\"", secure), of("a", "string"));
}

#[test]
fn doubles_are_numbers() {
    assert_eq!(lexical("3", Some(XSD_DOUBLE)), of("3.0E0", "double"));
    assert_eq!(
        lexical("\"40.5\"", Some(XSD_DOUBLE)),
        of("4.05E1", "double")
    );
    assert!(lexical("\"many\"", Some(XSD_DOUBLE)).is_err());
    assert!(lexical("\"inf\"", Some(XSD_DOUBLE)).is_err());
    assert_eq!(lexical("1e-7", Some(XSD_DOUBLE)), of("1.0E-7", "double"));
}

#[test]
fn halves_are_rounded_away_from_zero() {
    assert_eq!(double(2_275_348_629_681_158.5), "2.275348629681159E15");
    assert_eq!(double(-2_275_348_629_681_158.5), "-2.275348629681159E15");
    assert_eq!(double(12_345_678_901_234.125), "1.234567890123413E13");
    assert_eq!(double(1_999_999_999_999_999.5), "2.0E15");
    assert_eq!(double(0.5), "5.0E-1");
}

#[test]
fn what_others_misread_is_refused() {
    assert!(lexical("1e-7", None).is_err());
    assert!(lexical("-5e-324", None).is_err());
    assert!(lexical("\"a\"", Some(RDF_LANG_STRING)).is_err());
}

use super::{JSON, JWS, baked, unbaked};
use crate::credential::badge::BadgeError;

pub(super) const PICTURE: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"svg11.dtd\">\n<!-- a dot -->\n\
    <svg xmlns=\"http://www.w3.org/2000/svg\" viewBox='0 0 1 1'><circle r=\"1\"/></svg>\n";

/// A picture with `inside` in its root, where the prefix `openbadges` means what it should.
fn picture(inside: &str) -> String {
    format!(
        "<svg xmlns='http://www.w3.org/2000/svg' \
         xmlns:openbadges='https://purl.imsglobal.org/ob/v3p0'>{inside}<g/></svg>"
    )
}

/// Where `inside` begins in [`picture`].
fn inside() -> usize {
    picture("").find("<g/>").unwrap()
}

#[track_caller]
fn is_not_allowed(inside_of_it: &str, what: &str) {
    match unbaked(picture(inside_of_it).as_bytes()) {
        Err(BadgeError::NotAllowed {
            at, what: found, ..
        }) => {
            assert_eq!((at, found.as_str()), (inside(), what));
        }
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn is_damaged(text: &str, part_of_what: &str) {
    match unbaked(text.as_bytes()) {
        Err(BadgeError::Damaged { what, .. }) if what.contains(part_of_what) => {}
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_baked_is_found_again() {
    for text in [JSON, JWS] {
        for image in [PICTURE, &format!("\u{feff}{PICTURE}"), &picture("")] {
            let badge = baked(image.as_bytes(), text).unwrap();
            assert_eq!(unbaked(&badge).unwrap(), text);
            let again = baked(&badge, text).unwrap_err();
            assert!(matches!(again, BadgeError::Twice { .. }), "{again:?}");
        }
    }
}

#[test]
fn a_badge_is_the_picture_with_two_things_more() {
    let badge = String::from_utf8(baked(PICTURE.as_bytes(), JWS).unwrap()).unwrap();
    let declaration = " xmlns:openbadges=\"https://purl.imsglobal.org/ob/v3p0\"";
    let element = format!("<openbadges:credential verify=\"{JWS}\"/>");
    assert!(
        badge.contains(&format!("viewBox='0 0 1 1'>{element}<circle")),
        "{badge}"
    );
    assert_eq!(
        badge.replacen(declaration, "", 1).replacen(&element, "", 1),
        PICTURE
    );
}

#[test]
fn text_counts_however_xml_writes_it() {
    let written = [
        "<![CDATA[{\"a\": \"b<c\"}]]>",
        "\n  <![CDATA[\n{\"a\": \"b]]><!-- between --><![CDATA[<c\"}\n]]>  ",
        "{&quot;a&quot;: \"b&lt;c\"}",
        "{\"a\": \"b&#60;c\"}",
    ];
    for text in written {
        let badge = picture(&format!(
            "<openbadges:credential>{text}</openbadges:credential>"
        ));
        assert_eq!(
            unbaked(badge.as_bytes()).unwrap(),
            "{\"a\": \"b<c\"}",
            "{text}"
        );
    }
    let other_prefix =
        format!("<x:credential xmlns:x='https://purl.imsglobal.org/ob/v3p0' verify=' {JWS}'/>");
    assert_eq!(unbaked(picture(&other_prefix).as_bytes()).unwrap(), JWS);
}

#[test]
fn a_picture_without_a_credential_says_so() {
    assert_eq!(unbaked(PICTURE.as_bytes()), Err(BadgeError::NoCredential));
    let old = "<openbadges:assertion xmlns:openbadges='http://openbadges.org' verify='https://a.example'/>";
    assert_eq!(
        unbaked(picture(old).as_bytes()),
        Err(BadgeError::NoCredential)
    );
}

#[test]
fn a_second_credential_is_refused() {
    let one = format!("<openbadges:credential verify='{JWS}'/>");
    let at = inside() + one.len();
    let twice = picture(&format!("{one}{one}"));
    assert_eq!(unbaked(twice.as_bytes()), Err(BadgeError::Twice { at }));
}

#[test]
fn other_ways_to_carry_it_are_refused() {
    let element = |attributes: &str, text: &str| {
        format!("<openbadges:credential {attributes}>{text}</openbadges:credential>")
    };
    let verify = format!("verify='{JWS}'");
    is_not_allowed(&element(&verify, "{}"), "both an attribute verify and text");
    is_not_allowed(&element("", JWS), "a JWS as text");
    is_not_allowed(&element("verify='{}'", ""), "JSON in the attribute verify");
    is_not_allowed(&element("", "<g/>"), "an element within the credential");
    is_not_allowed(
        &element("xmlns:openbadges='http://openbadges.org'", "{}"),
        "an element credential in the namespace http://openbadges.org",
    );
    is_not_allowed(
        "<credential verify='x'/>",
        "an element credential in the namespace http://www.w3.org/2000/svg",
    );
    is_not_allowed(
        "<ob:credential verify='x'/>",
        "an element credential in no namespace",
    );
}

#[test]
fn what_is_carried_must_be_a_credential() {
    let at = inside();
    for element in [
        "<openbadges:credential/>",
        "<openbadges:credential> </openbadges:credential>",
        "<openbadges:credential verify=''/>",
        "<openbadges:credential verify='https://badge.example'/>",
        "<openbadges:credential other='a.b.c'/>",
    ] {
        let refused = unbaked(picture(element).as_bytes());
        assert_eq!(refused, Err(BadgeError::NotACredential { at }), "{element}");
    }
}

#[test]
fn entities_are_neither_declared_nor_looked_up() {
    let declared = format!("<!DOCTYPE svg [<!ENTITY a '{{}}'>]>{}", picture(""));
    let refused = unbaked(declared.as_bytes()).unwrap_err();
    assert!(
        matches!(&refused, BadgeError::NotAllowed { at: 0, what, .. } if what.contains("document type")),
        "{refused:?}"
    );
    let used = picture("<openbadges:credential>&a;</openbadges:credential>");
    is_damaged(&used, "not one of XML's own");
}

#[test]
fn text_must_be_utf8_and_say_so() {
    let latin = [PICTURE.as_bytes(), b"<!-- \xfc -->"].concat();
    let at = PICTURE.len() + 5;
    assert_eq!(unbaked(&latin), Err(BadgeError::NotUtf8 { at }));
    let declared = PICTURE.replace("UTF-8", "ISO-8859-1");
    assert_eq!(
        unbaked(declared.as_bytes()),
        Err(BadgeError::NotUtf8 { at: 0 })
    );
}

#[test]
fn the_xml_must_be_whole() {
    is_damaged("<", "");
    is_damaged("<!-- a -->", "there is no element svg");
    is_damaged("<html/>", "the root is not the element svg");
    is_damaged("<svg/>", "the root is not the element svg");
    is_damaged(
        "<svg xmlns='http://www.w3.org/2000/svg'>",
        "an element is not closed",
    );
    is_damaged("<svg xmlns='http://www.w3.org/2000/svg'></g>", "");
    is_damaged(
        &format!("{PICTURE}{}", picture("")),
        "there is a second root",
    );
    is_damaged(
        &format!("{PICTURE}{{}}"),
        "there is text outside of the root",
    );
    is_damaged(
        &picture("<openbadges:credential verify='a.b.c' verify='d.e.f'/>"),
        "",
    );
    let cut = picture("<openbadges:credential>{}").replace("<g/></svg>", "");
    is_damaged(&cut, "an element is not closed");
    is_damaged(
        &picture("<openbadges:credential>{&#xD800;}</openbadges:credential>"),
        "",
    );
    is_damaged(&picture("<openbadges:credential verify='&a;'/>"), "");
}

#[test]
fn some_pictures_cannot_be_baked() {
    let empty = "<svg xmlns='http://www.w3.org/2000/svg'/>";
    let refused = baked(empty.as_bytes(), JSON).unwrap_err();
    assert!(refused.to_string().contains("no content"), "{refused}");
    let taken = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:openbadges='urn:x'></svg>";
    let refused = baked(taken.as_bytes(), JSON).unwrap_err();
    assert!(
        refused.to_string().contains("another use for the prefix"),
        "{refused}"
    );
}

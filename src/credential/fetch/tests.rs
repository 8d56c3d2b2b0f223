use super::*;
use crate::{credential::verify::Source, fetch::tests::serve};

#[tokio::test]
async fn what_cannot_be_had_is_told_with_its_reason() {
    let found = serve(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}".to_vec()).await;
    let gone = serve(b"HTTP/1.1 410 Gone\r\ncontent-length: 0\r\n\r\n".to_vec()).await;
    let needs = Needs {
        issuers: vec![Source {
            id: "did:web:skills.example".to_owned(),
            url: Some(found.clone()),
        }],
        status_lists: vec![gone.clone(), found.clone()],
        frameworks: vec![found],
        ..Needs::default()
    };
    let mut materials = Materials::new();
    bring(&Fetcher::loopback().unwrap(), &needs, &mut materials).await;
    let lacking = materials.lacking(&needs);
    assert_eq!(
        lacking.issuers, needs.issuers,
        "an answer that is no document was used"
    );
    assert_eq!(lacking.status_lists, needs.status_lists);
    assert!(lacking.frameworks.is_empty());
    assert!(materials.why_absent(&gone).contains("410"));
    assert!(
        materials
            .why_absent("did:web:skills.example")
            .contains("no id")
    );

    let unknown = Needs {
        issuers: vec![Source {
            id: "did:example:1".to_owned(),
            url: None,
        }],
        ..Needs::default()
    };
    bring(&Fetcher::loopback().unwrap(), &unknown, &mut materials).await;
    assert!(
        materials
            .why_absent("did:example:1")
            .contains("only did:key, did:jwk, did:web")
    );
}

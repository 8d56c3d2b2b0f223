//! What a reader can try while the demo serves.

use std::path::Path;

use super::story::Told;

/// Prints addresses and requests that can be pasted as they are.
pub(super) fn print(url: &str, directory: &Path, told: &Told) {
    let Told {
        admin,
        soc,
        statement_url,
        valid,
        valid_id,
    } = told;
    let record = directory.join("record-2.json");
    println!(
        r#"
Now serving, until Ctrl-C. Nothing of it is kept afterwards.

    playground    {url}/playground
    verify        {url}/verify
    a statement   {statement_url}
    an issuer     {url}/issuers/riverside/did.json

Browse, as anyone:

    curl -s {url}/graphql -H 'content-type: application/json' -d '{{"query":"{{ occupation(soc: \"{soc}\") {{ title frameworkVersions {{ label levels {{ label statements {{ code text }} }} }} }} }}"}}'

Verify the record that still holds, as anyone (200 only when it is valid):

    curl -s {url}/credentials/verify -H 'content-type: application/json' -d '{{"verifiableCredential":'"$(cat {record})"'}}'

The same in a browser: choose {record} at {url}/verify

Revoke it, with the administrator's key, and verify it again:

    curl -s {url}/graphql -H 'authorization: Bearer {admin}' -H 'content-type: application/json' -d '{{"query":"mutation {{ revokeCredential(input: {{credentialId: \"{valid_id}\", reason: \"tried out\"}}) {{ credential {{ state }} userErrors {{ message }} }} }}"}}'

The record itself, {} bytes, is in {record}.
"#,
        valid.len(),
        record = record.display(),
    );
}

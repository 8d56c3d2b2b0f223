//! What a client sends: the credential, and how to issue it.

use crate::credential::mechanism::Mechanism;
use crate::credential::ops::raw::RawRequest;
use crate::credential::status::Purpose;
use crate::credential::unsecured::Unsecured;
use crate::credential::verify::Problem;
use crate::kernel::ids::parse_global;
use crate::kernel::json::{Json, ParseOptions, parse};
use crate::kernel::text::excerpt;

/// The VC API wants a request with members or options that are not known refused
/// (VCALM 1.0, section 2.4), rather than half-heeded.
const UNKNOWN_OPTION: Problem = Problem {
    uri: "https://www.w3.org/TR/vcalm#UNKNOWN_OPTION_PROVIDED",
    name: "UNKNOWN_OPTION_PROVIDED",
};

/// Why nothing can be issued.
#[derive(Debug)]
pub(super) struct Rejection {
    pub(super) problem: Problem,
    /// What is wrong, and the remedy.
    pub(super) detail: String,
}

/// Reads `{"credential": {…}, "options": {…}}`. Options, all optional:
/// - `cryptosuite`: `eddsa-rdfc-2022`, which is the default, or `eddsa-jcs-2022`;
/// - `mechanism`: any mechanism by its name in the GraphQL API, or `vc+jwt`; not with
///   `cryptosuite`;
/// - `type`: `DataIntegrityProof`, which says nothing new;
/// - `credentialId`: the id of a credential that has none;
/// - `previousProof`: the id, or ids, of proofs in the credential on which the new one builds;
/// - `statusPurpose`: `revocation`, which is the default, or `suspension`;
/// - `demonstrationId`: the global id of the demonstration that the credential attests.
pub(super) fn read(body: &[u8], idempotency_key: Option<String>) -> Result<RawRequest, Rejection> {
    let body = parse(body, &ParseOptions::default()).map_err(|error| Rejection {
        problem: Problem::PARSING_ERROR,
        detail: format!("The body is not strict JSON: {error}"),
    })?;
    known(&body, "the body", &["credential", "options"])?;
    let credential = body
        .get("credential")
        .ok_or_else(|| malformed("The member credential is missing: give the credential there."))?;
    let none = Json::Object(crate::kernel::json::Object::new());
    let options = Options::of(body.get("options").unwrap_or(&none))?;
    let credential = options.named(credential.clone())?;
    let credential =
        Unsecured::read(credential).map_err(|fault| malformed(format!("credential{fault}")))?;
    let mechanism = options.mechanism()?;
    let previous_proof = options.previous_proof()?;
    if !mechanism.is_embedded() && (credential.is_proven() || !previous_proof.is_empty()) {
        return Err(malformed(
            "credential/proof: a credential in an envelope holds no proof: leave it out, or choose a cryptosuite",
        ));
    }
    Ok(RawRequest {
        credential,
        mechanism,
        previous_proof,
        purpose: options.purpose()?,
        demonstration: options.demonstration()?,
        idempotency_key,
    })
}

struct Options<'a>(&'a Json);

impl<'a> Options<'a> {
    fn of(options: &'a Json) -> Result<Self, Rejection> {
        let names = [
            "cryptosuite",
            "mechanism",
            "type",
            "credentialId",
            "previousProof",
            "statusPurpose",
            "demonstrationId",
        ];
        known(options, "options", &names)?;
        let read = Self(options);
        match read.text("type")? {
            None | Some("DataIntegrityProof") => Ok(read),
            Some(other) => Err(wrong("type", other, "DataIntegrityProof")),
        }
    }

    fn text(&self, name: &str) -> Result<Option<&'a str>, Rejection> {
        match self.0.get(name) {
            None => Ok(None),
            Some(Json::String(text)) => Ok(Some(text)),
            Some(other) => {
                let found = other.kind();
                Err(malformed(format!(
                    "options.{name} is {found}: give a text."
                )))
            }
        }
    }

    fn mechanism(&self) -> Result<Mechanism, Rejection> {
        match (self.text("cryptosuite")?, self.text("mechanism")?) {
            (None, None) => Ok(Mechanism::default()),
            (Some("eddsa-rdfc-2022"), None) => Ok(Mechanism::EddsaRdfc2022),
            (Some("eddsa-jcs-2022"), None) => Ok(Mechanism::EddsaJcs2022),
            (Some(other), None) => {
                let known = "eddsa-rdfc-2022 or eddsa-jcs-2022";
                Err(wrong("cryptosuite", other, known))
            }
            (None, Some("vc+jwt")) => Ok(Mechanism::VcJwt),
            (None, Some(name)) => Mechanism::parse(name).ok_or_else(|| {
                let known = Mechanism::ALL.map(Mechanism::as_str).join(", ");
                wrong("mechanism", name, &format!("vc+jwt, or one of {known}"))
            }),
            (Some(_), Some(_)) => Err(malformed(
                "options.mechanism: options.cryptosuite names a mechanism already: leave one of them out.",
            )),
        }
    }

    /// The credential, under the id that the options give it.
    fn named(&self, mut credential: Json) -> Result<Json, Rejection> {
        let Some(id) = self.text("credentialId")? else {
            return Ok(credential);
        };
        if let Json::Object(members) = &mut credential {
            match members.get("id") {
                None => members.insert("id", id),
                Some(own) if own.as_str() == Some(id) => {}
                Some(_) => {
                    return Err(malformed(
                        "options.credentialId: the credential has another id already: leave one of them out.",
                    ));
                }
            }
        }
        Ok(credential)
    }

    fn previous_proof(&self) -> Result<Vec<String>, Rejection> {
        let items = match self.0.get("previousProof") {
            None => return Ok(Vec::new()),
            Some(Json::Array(items)) => items.as_slice(),
            Some(one) => std::slice::from_ref(one),
        };
        let texts = items.iter().map(|item| item.as_str().map(str::to_owned));
        texts.collect::<Option<Vec<_>>>().ok_or_else(|| {
            malformed("options.previousProof: give the id of a proof, or an array of ids.")
        })
    }

    fn purpose(&self) -> Result<Purpose, Rejection> {
        match self.text("statusPurpose")? {
            None => Ok(Purpose::Revocation),
            Some(name) => Purpose::parse(name)
                .ok_or_else(|| wrong("statusPurpose", name, "revocation or suspension")),
        }
    }

    fn demonstration(&self) -> Result<Option<uuid::Uuid>, Rejection> {
        let Some(text) = self.text("demonstrationId")? else {
            return Ok(None);
        };
        match parse_global(text) {
            Some((kind, id)) if kind == "Demonstration" => Ok(Some(id)),
            _ => {
                let known = "the global id of a demonstration, as the GraphQL API tells it";
                Err(wrong("demonstrationId", text, known))
            }
        }
    }
}

fn wrong(name: &str, found: &str, known: &str) -> Rejection {
    let found = excerpt(found, 60);
    malformed(format!("options.{name} is {found:?}: give {known}."))
}

fn known(value: &Json, what: &str, names: &[&str]) -> Result<(), Rejection> {
    let object = value
        .as_object()
        .ok_or_else(|| malformed(format!("There must be an object for {what}.")))?;
    match object.iter().find(|(name, _)| !names.contains(name)) {
        None => Ok(()),
        Some((name, _)) => Err(Rejection {
            problem: UNKNOWN_OPTION,
            detail: format!(
                "{:?} is not known in {what}: leave it out. Known are {}.",
                excerpt(name, 60),
                names.join(", ")
            ),
        }),
    }
}

fn malformed(detail: impl Into<String>) -> Rejection {
    Rejection {
        problem: Problem::MALFORMED_VALUE_ERROR,
        detail: detail.into(),
    }
}

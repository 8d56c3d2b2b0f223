// Verifies credentials with @digitalcredentials/verifier-core: eddsa-rdfc-2022, validity, status
// and JSON Schema, as the Digital Credentials Consortium's verifier and wallet do.
//
// Each line of stdin: {"credential", "documents": [DID documents, status list credentials],
// "contexts"?: {URL: context}, "at"?: "2026-03-02T08:00:00Z"}.
// Each line of stdout: {"verified", "error"?, "log"?, "schemas"?}. It goes to the network on its own;
// what it asks for is answered from the documents here. It keeps a DID document for later lines.

import { find, serve } from "./local.mjs";

let request = {};

globalThis.fetch = async (input) => {
  const url = String(input.url ?? input);
  try {
    const web = request.documents?.find(({ id }) => didWebUrl(id) === url);
    return Response.json(web ?? find(url, request));
  } catch (error) {
    return Response.json({ error: error.message }, { status: 404 });
  }
};

function didWebUrl(did) {
  const [, method, host, ...path] = did.split(":");
  if (method !== "web") return undefined;
  const folder = path.length > 0 ? path.join("/") : ".well-known";
  return `https://${decodeURIComponent(host)}/${folder}/did.json`;
}

// Imported after `fetch` was replaced, since the package's parts may take hold of it as they load.
const { verifyCredential } = await import("@digitalcredentials/verifier-core");

await serve(async (next) => {
  request = next;
  const { credential } = request;
  const { log = [], errors, additionalInformation } = await verifyCredential({
    credential: structuredClone(credential),
    knownDIDRegistries: [],
  });
  if (errors) {
    return { verified: false, error: errors.map((e) => `${e.name}: ${e.message}`).join("; ") };
  }
  const wanted = ["valid_signature", "expiration"];
  if (credential.credentialStatus) wanted.push("revocation_status");
  const failed = wanted.filter((id) => log.find((step) => step.id === id)?.valid !== true);
  const schemas = additionalInformation?.flatMap(({ results }) => results);
  const error = failed.length > 0 ? `failed: ${failed.join(", ")}` : undefined;
  return { verified: failed.length === 0, error, log, schemas };
});

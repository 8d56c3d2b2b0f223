// What the scripts for JSON-LD and Data Integrity share: requests and answers as lines of JSON, a
// clock that a request sets, keys, and documents from files instead of the network.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { generate } from "@digitalbazaar/ed25519-multikey";

const FILES = {
  "https://www.w3.org/ns/credentials/v2": "contexts/credentials-v2.json",
  "https://w3id.org/security/data-integrity/v2": "contexts/data-integrity-v2.json",
  "https://w3id.org/security/multikey/v1": "contexts/multikey-v1.json",
  "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "contexts/ob-v3p0-3.0.3.json",
  "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json": "contexts/clr-v2p0-2.0.1.json",
  "https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json":
    "schemas/ob_v3p0_achievementcredential_schema.json",
};

// Answers alone go to stdout; some packages write there what they think.
console.log = console.error;

const SystemDate = Date;
let standing;

// The packages ask the system for the time, and not all of them let their caller say it.
globalThis.Date = class extends SystemDate {
  constructor(...time) {
    super(...(time.length > 0 ? time : [standing ?? SystemDate.now()]));
  }

  static now() {
    return new Date().getTime();
  }
};

// The document at a URL or DID: the request's own (`documents` by their ids, `contexts` by URL),
// one of the shared files, or what a did:key says of itself. Throws for any other.
export function find(url, { documents = [], contexts = {} }) {
  const given = documents.find(({ id }) => id === url) ?? contexts[url];
  if (given) return structuredClone(given);
  if (FILES[url]) {
    const folder = process.env.ATTESTRY_SHARED_DIR;
    if (!folder) throw new Error("set ATTESTRY_SHARED_DIR to the folder of the shared data");
    return JSON.parse(readFileSync(join(folder, "conformance", FILES[url]), "utf8"));
  }
  if (url.startsWith("did:key:")) return didDocument(url, url.slice("did:key:".length));
  throw new Error(`${url} is not at hand`);
}

// A document loader for JSON-LD; it also knows the verification methods of DID documents.
export function loader(request) {
  return async (url) => {
    const [id, fragment] = url.split("#");
    let document = find(id, request);
    if (fragment) {
      const method = document.verificationMethod?.find((method) => method.id === url);
      if (!method) throw new Error(`${url} is not in ${id}`);
      document = { "@context": "https://w3id.org/security/multikey/v1", ...method };
    }
    return { contextUrl: null, documentUrl: url, document };
  };
}

// The DID document of one key in Multikey form.
export function didDocument(did, multikey) {
  const id = `${did}#${multikey}`;
  return {
    "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
    id: did,
    verificationMethod: [
      { id, type: "Multikey", controller: did, publicKeyMultibase: multikey },
    ],
    assertionMethod: [id],
    authentication: [id],
  };
}

// A key pair from a seed (32 bytes in hex), under a DID or, without one, under its own did:key.
export async function keyPair(seed, did) {
  const key = await generate({ seed: Buffer.from(seed, "hex") });
  key.controller = did ?? `did:key:${key.publicKeyMultibase}`;
  key.id = `${key.controller}#${key.publicKeyMultibase}`;
  return key;
}

// Answers each line of stdin with a line on stdout. What is thrown is answered as `error`. While a
// request with `at` (RFC 3339) is answered, the clock stands at that time.
export async function serve(answer) {
  for await (const line of createInterface({ input: process.stdin })) {
    let answered;
    try {
      const request = JSON.parse(line);
      standing = request.at;
      answered = await answer(request);
    } catch (error) {
      answered = { error: told(error) };
    }
    process.stdout.write(`${JSON.stringify(answered)}\n`);
  }
}

// An error with all that it holds, in one line.
export function told(error) {
  const inner = [error.cause ?? error.details?.cause, ...(error.errors ?? [])].filter(Boolean).map(told);
  return [`${error.name}: ${error.message}`, ...inner].join("; ");
}

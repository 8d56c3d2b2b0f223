// Issues credentials, or signs presentations, with an embedded EdDSA proof, with @digitalbazaar/vc.
//
// Each line of stdin: {"credential" or "presentation", "seed": 32 bytes in hex, "cryptosuite":
// "eddsa-rdfc-2022" or "eddsa-jcs-2022", "did"?: a did:web; without, the key's did:key, "at"?,
// "challenge"? and "domain"? of a presentation, "contexts"?: {URL: context}}.
// A credential's issuer is set to that DID, as is a presentation's holder.
// Each line of stdout: {"credential" or "presentation", "didDocument"}, or {"error"}. Nothing is
// fetched.

import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { createSignCryptosuite } from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import { cryptosuite as rdfc } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import { issue, signPresentation } from "@digitalbazaar/vc";
import { didDocument, keyPair, loader, serve } from "./local.mjs";

const SUITES = { "eddsa-rdfc-2022": rdfc, "eddsa-jcs-2022": createSignCryptosuite() };

await serve(async ({ credential, presentation, seed, did, challenge, domain, ...request }) => {
  const key = await keyPair(seed, did);
  const options = {
    suite: new DataIntegrityProof({
      signer: key.signer(),
      cryptosuite: SUITES[request.cryptosuite],
    }),
    documentLoader: loader(request),
  };
  const answer = { didDocument: didDocument(key.controller, key.publicKeyMultibase) };
  if (presentation) {
    presentation.holder = key.controller;
    const signed = await signPresentation({ presentation, challenge, domain, ...options });
    return { presentation: signed, ...answer };
  }
  const { issuer } = credential;
  credential.issuer =
    typeof issuer === "object" ? { ...issuer, id: key.controller } : key.controller;
  return { credential: await issue({ credential, ...options }), ...answer };
});

// Verifies credentials with embedded EdDSA proofs, and their status, with @digitalbazaar/vc.
//
// Each line of stdin: {"credential", "documents": [DID documents, status list credentials],
// "contexts"?: {URL: context}, "at"?: "2026-03-02T08:00:00Z"}.
// Each line of stdout: {"verified", "error"?}. Nothing is fetched.

import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { createVerifyCryptosuite } from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import { cryptosuite } from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import { verifyCredential } from "@digitalbazaar/vc";
import { checkStatus } from "@digitalbazaar/vc-bitstring-status-list";
import { loader, serve, told } from "./local.mjs";

await serve(async ({ credential, ...documents }) => {
  const suite = [cryptosuite, createVerifyCryptosuite()].map(
    (cryptosuite) => new DataIntegrityProof({ cryptosuite }),
  );
  const documentLoader = loader(documents);
  const { verified, error, statusResult } = await verifyCredential({
    credential,
    suite,
    documentLoader,
    checkStatus: (options) => checkStatus({ ...options, suite, documentLoader }),
  });
  // Its check of the status says that the bit could be read; whether it is set stands beside.
  const set = statusResult?.results?.some(({ status }) => status !== false) ?? false;
  if (verified && !set) return { verified };
  const reason = set ? new Error("the status bit is set") : (error ?? statusResult.error);
  return { verified: false, error: told(reason) };
});

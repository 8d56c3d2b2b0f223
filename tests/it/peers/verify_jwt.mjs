// Verifies a credential's JWT with jose.
//
// Usage: verify_jwt.mjs JWT_FILE DID_OR_JWKS_FILE [AT_UNIX_SECONDS]
// Exit 0: verified; the claims are printed as JSON. Exit 1: refused; the reason is on stderr.

import { readFileSync } from "node:fs";
import { compactVerify, decodeProtectedHeader, importJWK, jwtVerify } from "jose";

const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

function base58(text) {
  let number = 0n;
  for (const character of text) {
    const digit = ALPHABET.indexOf(character);
    if (digit < 0) throw new Error("not base58");
    number = number * 58n + BigInt(digit);
  }
  const hex = number.toString(16);
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, "hex");
}

// The JWK that `kid` names, in a JWK Set or among a DID document's assertion methods.
function jwkOf(document, kid) {
  const listed = document.keys?.find((jwk) => jwk.kid === kid);
  if (listed) return listed;
  if (!document.assertionMethod?.includes(kid)) throw new Error(`${kid} may not make assertions`);
  const method = document.verificationMethod.find(
    ({ id, controller }) => id === kid && controller === document.id,
  );
  if (!method) throw new Error(`${kid} is not in the document`);
  const key = base58(method.publicKeyMultibase.slice(1));
  if (key.length !== 34 || key[0] !== 0xed || key[1] !== 0x01) {
    throw new Error("not an Ed25519 Multikey");
  }
  return { kty: "OKP", crv: "Ed25519", x: key.subarray(2).toString("base64url") };
}

try {
  const [jwtFile, keysFile, at] = process.argv.slice(2);
  const token = readFileSync(jwtFile, "utf8").trim();
  const document = JSON.parse(readFileSync(keysFile, "utf8"));
  const { kid } = decodeProtectedHeader(token);
  const key = await importJWK(jwkOf(document, kid), "EdDSA");
  const options = { algorithms: ["EdDSA"] };
  if (at !== undefined) options.currentDate = new Date(Number(at) * 1000);
  await compactVerify(token, key, options);
  const { payload } = await jwtVerify(token, key, options);
  console.log(JSON.stringify(payload));
} catch (error) {
  console.error(`refused: ${error.name}: ${error.message}`);
  process.exit(1);
}

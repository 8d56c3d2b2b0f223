"""Verifies a credential's JWT with PyJWT.

Usage: verify_jwt.py JWT_FILE DID_OR_JWKS_FILE [AT_UNIX_SECONDS]
Exit 0: verified; the claims are printed as JSON. Exit 1: refused; the reason is on stderr.
"""

import base64
import json
import sys

import jwt

ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def base58(text):
    number = 0
    for character in text:
        number = number * 58 + ALPHABET.index(character)
    zeros = len(text) - len(text.lstrip("1"))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def jwk_of(document, kid):
    """The JWK that `kid` names, in a JWK Set or among a DID document's assertion methods."""
    for jwk in document.get("keys", []):
        if jwk["kid"] == kid:
            return jwk
    if kid not in document.get("assertionMethod", []):
        raise ValueError(f"{kid} may not make assertions")
    for method in document["verificationMethod"]:
        if method["id"] == kid and method["controller"] == document["id"]:
            key = base58(method["publicKeyMultibase"].removeprefix("z"))
            if key[:2] != b"\xed\x01" or len(key) != 34:
                raise ValueError("not an Ed25519 Multikey")
            x = base64.urlsafe_b64encode(key[2:]).rstrip(b"=").decode()
            return {"kty": "OKP", "crv": "Ed25519", "x": x}
    raise ValueError(f"{kid} is not in the document")


def main(jwt_file, keys_file, at=None):
    with open(jwt_file, encoding="utf-8") as file:
        token = file.read().strip()
    with open(keys_file, encoding="utf-8") as file:
        document = json.load(file)
    kid = jwt.get_unverified_header(token)["kid"]
    key = jwt.PyJWK(jwk_of(document, kid), algorithm="EdDSA")
    ours = at is not None
    options = {"verify_exp": not ours, "verify_nbf": not ours, "verify_aud": False}
    claims = jwt.decode(token, key, algorithms=["EdDSA"], options=options)
    if ours and not claims.get("nbf", 0) <= int(at) < claims.get("exp", float("inf")):
        raise ValueError("not valid at that time")
    print(json.dumps(claims, sort_keys=True))


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (jwt.PyJWTError, ValueError, KeyError) as error:
        print(f"refused: {type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(1)

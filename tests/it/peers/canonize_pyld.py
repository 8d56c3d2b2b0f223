"""Canonical N-Quads (RDFC-1.0) by PyLD. It has no safe mode: terms that are not defined are dropped.

Each line of stdin: {"document", "contexts"?: {URL: context}}.
Each line of stdout: {"nquads"}, or {"error"}. Nothing is fetched: contexts that a request does not
give come from the folder conformance/contexts under ATTESTRY_SHARED_DIR.
"""

import json
import os
import sys
from pathlib import Path

from pyld import jsonld

FILES = {
    "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
    "https://w3id.org/security/data-integrity/v2": "data-integrity-v2.json",
    "https://w3id.org/security/multikey/v1": "multikey-v1.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-3.0.3.json",
    "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json": "clr-v2p0-2.0.1.json",
}


def loader(contexts):
    folder = Path(os.environ["ATTESTRY_SHARED_DIR"], "conformance", "contexts")

    def load(url, _options):
        if url in contexts:
            document = contexts[url]
        elif url in FILES:
            document = json.loads((folder / FILES[url]).read_text(encoding="utf-8"))
        else:
            raise ValueError(f"{url} is not at hand")
        return {
            "contextUrl": None,
            "contentType": "application/ld+json",
            "documentUrl": url,
            "document": document,
        }

    return load


def answer(request):
    options = {
        "algorithm": "URDNA2015",
        "format": "application/n-quads",
        "base": "",
        "rdfDirection": "i18n-datatype",
        "documentLoader": loader(request.get("contexts", {})),
    }
    return {"nquads": jsonld.normalize(request["document"], options)}


for line in sys.stdin:
    try:
        answered = answer(json.loads(line))
    except (jsonld.JsonLdError, ValueError) as error:
        answered = {"error": f"{type(error).__name__}: {error}"}
    print(json.dumps(answered), flush=True)

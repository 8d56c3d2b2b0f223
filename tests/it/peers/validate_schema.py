"""Validates a credential against a JSON Schema (draft 2020-12 where it says so, else 2019-09), date-times included.

Usage: validate_schema.py JWT_OR_JSON_FILE SCHEMA_FILE
Exit 0: it validates; the document is printed as JSON. Exit 1: it does not; each error is on stderr.
"""

import base64
import json
import sys

from jsonschema import Draft201909Validator, Draft202012Validator


def read(path):
    with open(path, encoding="utf-8") as file:
        text = file.read().strip()
    if text.startswith("{"):
        return json.loads(text)
    payload = text.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def main(document_file, schema_file):
    document, schema = read(document_file), read(schema_file)
    latest = "2020-12" in schema.get("$schema", "")
    kind = Draft202012Validator if latest else Draft201909Validator
    kind.check_schema(schema)
    checker = kind.FORMAT_CHECKER
    if checker.conforms("not a time", "date-time"):
        sys.exit("the date-time check is missing: install rfc3339-validator")
    errors = list(kind(schema, format_checker=checker).iter_errors(document))
    for error in errors:
        print(f"{error.json_path}: {error.message[:300]}", file=sys.stderr)
    if errors:
        sys.exit(1)
    print(json.dumps(document, sort_keys=True))


if __name__ == "__main__":
    main(*sys.argv[1:])

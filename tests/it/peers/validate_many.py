"""Validates many documents against a JSON Schema (draft 2020-12 where it says so, else 2019-09), date-times included.

Usage: validate_many.py SCHEMA_FILE DOCUMENTS_FILE
The documents stand one on a line. Printed is `true` or `false` for each, one on a line.
"""

import json
import sys

from jsonschema import Draft201909Validator, Draft202012Validator


def main(schema_file, documents_file):
    with open(schema_file, encoding="utf-8") as file:
        schema = json.load(file)
    latest = "2020-12" in schema.get("$schema", "")
    kind = Draft202012Validator if latest else Draft201909Validator
    kind.check_schema(schema)
    checker = kind.FORMAT_CHECKER
    if checker.conforms("not a time", "date-time"):
        sys.exit("the date-time check is missing: install rfc3339-validator")
    validator = kind(schema, format_checker=checker)
    with open(documents_file, encoding="utf-8") as file:
        for line in file:
            print("true" if validator.is_valid(json.loads(line)) else "false")


if __name__ == "__main__":
    main(*sys.argv[1:])

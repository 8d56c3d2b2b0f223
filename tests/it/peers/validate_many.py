"""Validates many documents against a JSON Schema (draft 2019-09), date-times included.

Usage: validate_many.py SCHEMA_FILE DOCUMENTS_FILE
The documents stand one on a line. Printed is `true` or `false` for each, one on a line.
"""

import json
import sys

from jsonschema import Draft201909Validator


def main(schema_file, documents_file):
    with open(schema_file, encoding="utf-8") as file:
        schema = json.load(file)
    Draft201909Validator.check_schema(schema)
    checker = Draft201909Validator.FORMAT_CHECKER
    if checker.conforms("not a time", "date-time"):
        sys.exit("the date-time check is missing: install rfc3339-validator")
    validator = Draft201909Validator(schema, format_checker=checker)
    with open(documents_file, encoding="utf-8") as file:
        for line in file:
            print("true" if validator.is_valid(json.loads(line)) else "false")


if __name__ == "__main__":
    main(*sys.argv[1:])

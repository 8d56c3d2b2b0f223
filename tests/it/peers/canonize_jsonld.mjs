// Canonical N-Quads (RDFC-1.0) by jsonld.js, in its safe mode: a term that would be dropped is an
// error.
//
// Each line of stdin: {"document", "contexts"?: {URL: context}}.
// Each line of stdout: {"nquads"}, or {"error"}. Nothing is fetched.

import jsonld from "jsonld";
import { loader, serve } from "./local.mjs";

await serve(async ({ document, ...documents }) => ({
  nquads: await jsonld.canonize(document, {
    algorithm: "URDNA2015",
    format: "application/n-quads",
    base: null,
    rdfDirection: "i18n-datatype",
    safe: true,
    documentLoader: loader(documents),
  }),
}));

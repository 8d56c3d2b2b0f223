// Runs graphql-http's server audit against a URL: `node graphql_audit.mjs URL`.
// Prints a line for each audit and a summary; exits 1 on any error (a MUST that is not
// met) or when the server cannot be reached, 2 without a URL.
import { serverAudits } from "graphql-http";

const url = process.argv[2];
if (!url) {
  console.error("usage: node graphql_audit.mjs URL");
  process.exit(2);
}

const counts = { ok: 0, notice: 0, warn: 0, error: 0 };
for (const { id, name, fn } of serverAudits({ url })) {
  let result;
  try {
    result = await fn();
  } catch (error) {
    result = { status: "error", reason: String(error.cause ?? error) };
  }
  counts[result.status] += 1;
  console.log([result.status, id, name, result.reason].filter(Boolean).join(" · "));
}
const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
console.log(
  `${total} audits: ${counts.ok} ok, ${counts.notice} notices, ${counts.warn} warnings, ${counts.error} errors`,
);
process.exit(counts.error === 0 && total > 0 ? 0 : 1);

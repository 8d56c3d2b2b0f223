// Verifies webhook messages with the reference library of Standard Webhooks.
//
// Usage: verify_webhooks.mjs < REQUESTS, each a line of JSON: {secret, headers, body, at}, where
// `at` is the time to judge by, in Unix seconds.
// Printed is a line for each: {"verified": true, "payload"}, or {"verified": false, "reason"}.

import { createInterface } from "node:readline";
import { Webhook } from "standardwebhooks";

for await (const line of createInterface({ input: process.stdin })) {
  const { secret, headers, body, at } = JSON.parse(line);
  Date.now = () => at * 1000;
  try {
    const payload = new Webhook(secret).verify(body, headers);
    console.log(JSON.stringify({ verified: true, payload }));
  } catch (error) {
    console.log(JSON.stringify({ verified: false, reason: error.message }));
  }
}

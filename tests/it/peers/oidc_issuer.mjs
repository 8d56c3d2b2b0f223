// An OpenID Connect issuer on this machine: oidc-provider, with clients that get JWT access tokens.
//
// Usage: oidc_issuer.mjs. Each line on stdin is a JSON object, answered with the line
// {"issuer": URL}. Members: `clients`, from a client's id, which is its secret too, to
// { alg, claims } (what its tokens are signed with and say); `rotate`, whether other keys sign
// from then on. Without a line it knows no client.

import { createServer } from "node:http";
import { createInterface } from "node:readline";
import { exportJWK, generateKeyPair } from "jose";
import Provider from "oidc-provider";

// Answers alone go to stdout; warnings about settings that only tests use go elsewhere.
console.log = console.info = console.warn = console.error;

const MONTH = 30 * 24 * 3600;

let handle = (_, response) => response.writeHead(503).end();
const server = createServer((request, response) => handle(request, response));
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

async function newKeys() {
  const key = async (alg) => {
    const { privateKey } = await generateKeyPair(alg, { extractable: true });
    return { ...(await exportJWK(privateKey)), alg, use: "sig", kid: crypto.randomUUID() };
  };
  return { keys: [await key("RS256"), await key("ES256")] };
}

function provider(clients, jwks) {
  return new Provider(issuer, {
    clients: Object.keys(clients).map((id) => ({
      client_id: id,
      client_secret: id,
      grant_types: ["client_credentials"],
      redirect_uris: [],
      response_types: [],
    })),
    jwks,
    ttl: { ClientCredentials: MONTH },
    extraTokenClaims: (_, { clientId }) => clients[clientId].claims,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, audience, { clientId }) => ({
          audience,
          scope: "",
          accessTokenFormat: "jwt",
          jwt: { sign: { alg: clients[clientId].alg } },
        }),
      },
    },
  });
}

let jwks = await newKeys();
for await (const line of createInterface({ input: process.stdin })) {
  const { clients, rotate } = JSON.parse(line);
  if (rotate) jwks = await newKeys();
  handle = provider(clients, jwks).callback();
  process.stdout.write(`${JSON.stringify({ issuer })}\n`);
}
server.close();
server.closeAllConnections();

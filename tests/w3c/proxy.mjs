// TLS and a bearer token in front of a local server, as the suites want it: node proxy.mjs FOLDER
// FOLDER holds tls.key and tls.crt. Environment: TARGET, PORT, TOKEN (for …/credentials/issue).
import { readFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:https";

const folder = process.argv[2];
const { TARGET, PORT, TOKEN } = process.env;
const tls = { key: readFileSync(`${folder}/tls.key`), cert: readFileSync(`${folder}/tls.crt`) };

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

createServer(tls, async (from, to) => {
  const sent = await collect(from);
  const headers = { ...from.headers, "content-length": sent.length };
  delete headers["transfer-encoding"];
  delete headers["accept-encoding"];
  if (from.url.endsWith("/credentials/issue")) headers.authorization = `Bearer ${TOKEN}`;
  const options = { method: from.method, headers };
  const onward = request(new URL(from.url, TARGET), options, async (answer) => {
    to.writeHead(answer.statusCode, answer.headers).end(await collect(answer));
  });
  onward.on("error", (error) => to.writeHead(502).end(error.message));
  onward.end(sent);
}).listen(Number(PORT), "127.0.0.1");

"use strict";

// Beside this page, wherever a proxy puts it.
const ENDPOINT = new URL("graphql", document.baseURI).pathname;
// A network that swallows packets must not leave the page waiting for ever.
const PATIENCE_MS = 15000;

const byId = (id) => document.getElementById(id);

async function send(body, headers) {
  const response = await fetch(ENDPOINT, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json;q=0.9",
      ...headers,
    },
    body: JSON.stringify(body),
  });
  return { status: response.status, answer: await response.json() };
}

async function runForm(event) {
  event.preventDefault();
  const answer = byId("answer");
  const variables = byId("variables").value.trim();
  const token = byId("token").value.trim();
  try {
    const body = { query: byId("query").value };
    if (variables) body.variables = JSON.parse(variables);
    const headers = token ? { authorization: `Bearer ${token}` } : {};
    answer.textContent = "Running…";
    const result = await send(body, headers);
    answer.textContent = `HTTP ${result.status}\n${JSON.stringify(result.answer, null, 2)}`;
  } catch (error) {
    answer.textContent = `The query was not run: ${error.message}`;
  }
}

function load({ url, integrity }) {
  const isStyle = url.endsWith(".css");
  const element = document.createElement(isStyle ? "link" : "script");
  element.integrity = integrity;
  element.crossOrigin = "anonymous";
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error(`${url} did not load`));
    setTimeout(fail, PATIENCE_MS);
    element.onload = resolve;
    element.onerror = fail;
    if (isStyle) {
      element.rel = "stylesheet";
      element.href = url;
    } else {
      element.src = url;
    }
    document.head.append(element);
  });
}

function mount() {
  const fetcher = async (params, options) => (await send(params, options?.headers)).answer;
  byId("plain").hidden = true;
  byId("graphiql").hidden = false;
  const view = React.createElement(GraphiQL, { fetcher, defaultEditorToolsVisibility: true });
  ReactDOM.createRoot(byId("graphiql")).render(view);
}

async function start() {
  byId("form").addEventListener("submit", runForm);
  try {
    for (const file of JSON.parse(byId("files").textContent)) await load(file);
    mount();
  } catch (error) {
    byId("graphiql").hidden = true;
    byId("plain").hidden = false;
    byId("notice").textContent =
      `GraphiQL could not be loaded (${error.message}). ` +
      "This form runs queries all the same. To have GraphiQL without internet, " +
      "start the server with --playground-assets.";
  }
}

start();

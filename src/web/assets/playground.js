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

// The results of a subscription, as they come: the protocol graphql-transport-ws, for one operation.
function follow(params, headers) {
  const url = new URL("graphql/ws", document.baseURI);
  url.protocol = url.protocol.replace("http", "ws");
  const socket = new WebSocket(url, "graphql-transport-ws");
  const say = (message) => socket.send(JSON.stringify(message));
  const named = Object.entries(headers ?? {}).find(([name]) => name.toLowerCase() === "authorization");
  const heard = [];
  let wake = () => {};
  const hear = (message) => {
    heard.push(message);
    wake();
  };
  socket.onopen = () => say({ type: "connection_init", payload: named ? { authorization: named[1] } : {} });
  socket.onmessage = ({ data }) => hear(JSON.parse(data));
  socket.onclose = ({ code, reason }) => hear({ type: "closed", code, reason });
  const end = () => {
    socket.close(1000);
    return { done: true, value: undefined };
  };
  async function next() {
    for (;;) {
      while (heard.length === 0) await new Promise((resolve) => (wake = resolve));
      const message = heard.shift();
      if (message.type === "connection_ack") say({ type: "subscribe", id: "1", payload: params });
      else if (message.type === "next") return { done: false, value: message.payload };
      else if (message.type === "error") return { done: false, value: { errors: message.payload } };
      else if (message.type === "complete") return end();
      else if (message.type === "closed" && message.code === 1000) return end();
      else if (message.type === "closed")
        throw new Error(`The connection was closed: ${message.code} ${message.reason}`);
    }
  }
  return { [Symbol.asyncIterator]: () => ({ next, return: async () => end() }) };
}

function isSubscription(document, name) {
  const operations = (document?.definitions ?? []).filter(({ kind }) => kind === "OperationDefinition");
  const chosen = name ? operations.find((operation) => operation.name?.value === name) : operations[0];
  return chosen?.operation === "subscription";
}

function mount() {
  const fetcher = async (params, options) =>
    isSubscription(options?.documentAST, params.operationName)
      ? follow(params, options?.headers)
      : (await send(params, options?.headers)).answer;
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

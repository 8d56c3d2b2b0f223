// Makes a provider, and a key that may issue what a client writes: node setup.mjs BASE BOOTSTRAP
// Prints {"did":…,"token":…}.
const [base, bootstrap] = process.argv.slice(2);

async function mutate(name, fields, input) {
  const type = `${name[0].toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { message } } }`;
  const headers = { "content-type": "application/json", authorization: `Bearer ${bootstrap}` };
  const body = JSON.stringify({ query, variables: { input } });
  const answer = await (await fetch(`${base}/graphql`, { method: "POST", headers, body })).json();
  const problems = answer.errors ?? answer.data[name].userErrors;
  if (problems.length > 0) throw new Error(JSON.stringify(problems));
  return answer.data[name];
}

const riverside = { slug: "riverside", name: "Riverside College", url: "https://college.example" };
const { provider } = await mutate("createProvider", "provider { id }", riverside);
const noor = { providerId: provider.id, name: "Noor", roles: ["PROVIDER_ADMIN"] };
const { member } = await mutate("createMember", "member { id }", noor);
const key = { memberId: member.id, name: "suite", scopes: ["credentials:issue-raw"] };
const { token } = await mutate("createApiKey", "token", key);
const did = await (await fetch(`${base}/issuers/riverside/did.json`)).json();
console.log(JSON.stringify({ did: did.id, token }));

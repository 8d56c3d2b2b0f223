// Where the suites find the server. Environment: BASE_URL, DID.
const { BASE_URL, DID } = process.env;
const issue = `${BASE_URL}/issuers/riverside/credentials/issue`;
const suite = (name) => ({
  id: DID,
  endpoint: issue,
  tags: [name],
  supports: { vc: ["2.0"] },
  options: { cryptosuite: name },
});
module.exports = {
  settings: { enableInteropTests: false, testAllImplementations: false },
  implementations: [{
    name: "Attestry",
    implementation: "Attestry",
    issuers: [
      { id: DID, endpoint: issue, tags: ["vc2.0", "BitstringStatusList"] },
      suite("eddsa-rdfc-2022"),
      suite("eddsa-jcs-2022"),
      { id: DID, endpoint: issue, tags: ["EnvelopingProof"], options: { mechanism: "vc+jwt" } },
    ],
    verifiers: [{
      id: DID,
      endpoint: `${BASE_URL}/credentials/verify`,
      tags: ["vc2.0", "BitstringStatusList", "EnvelopingProof", "eddsa-rdfc-2022", "eddsa-jcs-2022"],
    }],
    vpVerifiers: [{
      id: DID,
      endpoint: `${BASE_URL}/presentations/verify`,
      tags: ["vc2.0", "EnvelopingProof"],
    }],
  }],
};

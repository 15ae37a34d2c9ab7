// Answers a benchmark line by line: the first line is the requests as a JSON array; then each line is a mode and a number of decisions to make,
// and the answer is the nanoseconds they took. `check` answers what every request comes to, as a text of 1 (allow) and 0 (deny).
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const cedar = createRequire(import.meta.url)("@cedar-policy/cedar-wasm/nodejs");
const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");
const policies = { staticPolicies: read("policy.cedar") };
const schema = read("schema.cedarschema");

function demand(answer) {
  if (answer.type !== "success") {
    throw new Error(JSON.stringify(answer));
  }
  return answer;
}

demand(cedar.validate({ validationSettings: { mode: "strict" }, schema, policies }));
demand(cedar.preparsePolicySet("refund", policies));
demand(cedar.preparseSchema("refund", schema));

const target = { action: { type: "Action", id: "refund" }, resource: { type: "Capability", id: "refund" }, entities: [] };
const decide = {
  prepared: (call) => cedar.statefulIsAuthorized({ ...call, preparsedPolicySetId: "refund", preparsedSchemaName: "refund", validateRequest: false }),
  parsing: (call) => cedar.isAuthorized({ ...call, policies, schema, validateRequest: false }),
};

let calls;
for await (const line of createInterface({ input: process.stdin })) {
  if (calls === undefined) {
    calls = JSON.parse(line).map((context) => ({ principal: { type: "Caller", id: "ann" }, context, ...target }));
    console.log(cedar.getCedarSDKVersion());
  } else if (line === "check") {
    console.log(calls.map((call) => (demand(decide.prepared(call)).response.decision === "allow" ? 1 : 0)).join(""));
  } else {
    const [mode, count] = line.split(" ");
    const start = process.hrtime.bigint();
    for (let at = 0; at < Number(count); at++) {
      demand(decide[mode](calls[at % calls.length]));
    }
    console.log(String(process.hrtime.bigint() - start));
  }
}

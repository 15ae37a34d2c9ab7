// Validates line by line with Ajv: {"schema":…,"instances":[…]} in, {"valid":[true,…]} out (with a message where it threw), or {"error":"…"} if the schema does not compile.
import { createInterface } from "node:readline";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";

const ajv = new Ajv2020({ strict: false, logger: false });
formats.default(ajv);
ajv.compile({ $ref: "https://json-schema.org/draft/2020-12/schema" });

function judge(validate, instance) {
  try {
    return validate(instance);
  } catch (error) {
    return error.message;
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { schema, instances } = JSON.parse(line);
  let answer;
  try {
    const validate = ajv.compile(schema);
    answer = { valid: instances.map((instance) => judge(validate, instance)) };
  } catch (error) {
    answer = { error: error.message };
  }

  // Else what one schema calls itself is taken when the next one comes.
  ajv.removeSchema();
  console.log(JSON.stringify(answer));
}

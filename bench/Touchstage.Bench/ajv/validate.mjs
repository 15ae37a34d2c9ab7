// Answers a benchmark line by line: the first line is the cases as JSON: [{"schema":…,"instances":[text,…]},…]; then each line is a mode and a number of validations to make, and the
// answer is the nanoseconds they took. `check` answers what every instance comes to, as a text of 1 (fits) and 0.
import { createInterface } from "node:readline";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";

const ajv = new Ajv2020({ strict: false, logger: false });
formats.default(ajv);

let all;
const modes = {
  fits: () => all.filter((one) => one.fits),
  misfits: () => all.filter((one) => !one.fits),
};

for await (const line of createInterface({ input: process.stdin })) {
  if (all === undefined) {
    all = JSON.parse(line).flatMap(({ schema, instances }) => {
      const validate = ajv.compile(schema);
      return instances.map((text) => ({ validate, text, value: JSON.parse(text), fits: validate(JSON.parse(text)) }));
    });
    console.log("ready");
  } else if (line === "check") {
    console.log(all.map((one) => (one.fits ? 1 : 0)).join(""));
  } else {
    const [mode, from, count] = line.split(" ");
    const chosen = modes[mode]();
    let held = 0;
    const start = process.hrtime.bigint();
    for (let at = 0; at < Number(count); at++) {
      const { validate, text, value } = chosen[at % chosen.length];
      held += validate(from === "text" ? JSON.parse(text) : value) ? 1 : 0;
    }
    const took = process.hrtime.bigint() - start;
    if (held !== (mode === "fits" ? Number(count) : 0)) {
      throw new Error("An instance was judged otherwise than before.");
    }
    console.log(String(took));
  }
}

// Writes every double that comes in, eight bytes each, the lowest first, as JSON does, one a line.
const parts = [];
for await (const part of process.stdin) {
  parts.push(part);
}

const bytes = Buffer.concat(parts);
const lines = [];
for (let at = 0; at < bytes.length; at += 8) {
  lines.push(JSON.stringify(bytes.readDoubleLE(at)));
}

process.stdout.write(lines.join("\n"));

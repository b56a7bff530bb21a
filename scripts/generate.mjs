// Writes what is generated from code: .env.example, openapi.json, docs/taxonomy.md, docs/build-an-agent/events.md, the lifecycle diagram in
// docs/architecture.md. With --check it writes nothing and fails, naming what is stale.
import { readFile, writeFile } from 'node:fs/promises';

const { generated } = await import('../dist/generated.js');
const isCheck = process.argv.includes('--check');
const stale = [];
for (const { path, text } of await generated((file) => readFile(file, 'utf8'))) {
  const current = await readFile(path, 'utf8').catch(() => null);
  if (current === text) continue;
  stale.push(path);
  if (!isCheck) await writeFile(path, text);
}
if (isCheck && stale.length > 0) {
  console.error(`Stale: ${stale.join(', ')}. Run "npm run generate" and commit what it writes.`);
  process.exit(1);
}
console.log(stale.length === 0 ? 'Generated files are fresh.' : `Wrote ${stale.join(', ')}.`);
process.exit(0);

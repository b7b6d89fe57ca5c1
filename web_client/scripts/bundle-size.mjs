// What a candidate's browser loads before the call starts, in KB gzip, against its limit.
// Run after `npm run build`; exits 1 above the limit.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 250;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

/** An entry's chunk with everything it imports at once, style sheets too. */
function filesOf(key, seen = new Set()) {
  const chunk = manifest[key];
  if (chunk === undefined) throw new Error(`The build has no chunk for ${key}: run npm run build first.`);
  if (seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const css of chunk.css ?? []) seen.add(css);
  for (const imported of chunk.imports ?? []) filesOf(imported, seen);
  return seen;
}

const files = new Set(['index.html']);
for (const key of ['index.html', 'src/candidate/CandidatePages.tsx', 'src/avatar/index.ts', 'src/avatar/index.tsx']) {
  if (key.startsWith('src/avatar') && manifest[key] === undefined) continue;
  filesOf(key, files);
}
let total = 0;
for (const file of files) {
  const size = gzipSync(readFileSync(new URL(file, dist))).length;
  total += size;
  console.log(`${(size / 1024).toFixed(1).padStart(8)} KB  ${file}`);
}
console.log(`${(total / 1024).toFixed(1).padStart(8)} KB  in all, limit ${LIMIT_KB} KB (livekit-client and type faces apart)`);
process.exit(total / 1024 > LIMIT_KB ? 1 : 0);

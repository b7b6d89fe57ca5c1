// What a candidate's browser loads before the call, in KB gzip, against its limit; part of every build, which
// fails above it. Counted: the page, everything that the candidate's pages import, also later, the avatar with
// its personas, and the largest language; not what comes with livekit-client, which the call is made with, nor
// type faces and models. With --each, every file.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 250;
const PAGE = 'index.html';
const CANDIDATE = 'src/candidate/CandidatePages.tsx';
const LANGUAGES = /^src\/messages\/\w+\.ts$/;
const CALL = /livekit-client/;

const dist = new URL(process.env.AILA_DIST ?? '../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

function chunkOf(key) {
  const chunk = manifest[key];
  if (chunk === undefined) throw new Error(`The build has no chunk for ${key}: run npm run build first.`);
  return chunk;
}

/** A chunk with everything that it imports at once. */
function atOnce(key, found = new Set()) {
  if (found.has(key)) return found;
  found.add(key);
  for (const imported of chunkOf(key).imports ?? []) atOnce(imported, found);
  return found;
}

/** The chunks that are loaded from `key` on, at once or later; those of the call go to `call`. */
function reached(key, before, call) {
  for (const one of atOnce(key)) {
    if (before.has(one)) continue;
    before.add(one);
    if (one === PAGE) continue;
    for (const later of chunkOf(one).dynamicImports ?? []) {
      const chunks = [...atOnce(later)];
      if (chunks.some((chunk) => CALL.test(chunk))) chunks.forEach((chunk) => call.add(chunk));
      else reached(later, before, call);
    }
  }
}

function gzipped(keys) {
  const files = new Set();
  for (const key of keys) {
    files.add(chunkOf(key).file);
    for (const css of chunkOf(key).css ?? []) files.add(css);
    for (const asset of chunkOf(key).assets ?? []) if (/\.m?js$/.test(asset)) files.add(asset); // worklets
  }
  return [...files].map((file) => [file, gzipSync(readFileSync(new URL(file, dist))).length]);
}

const sum = (sizes) => sizes.reduce((total, [, size]) => total + size, 0) / 1024;
const kb = (size) => `${size.toFixed(1).padStart(7)} KB`;

const before = new Set();
const call = new Set();
reached(CANDIDATE, before, call);
for (const key of before) call.delete(key);
const languages = Object.keys(manifest).filter((key) => LANGUAGES.test(key)).map((key) => gzipped([key]));
const largest = languages.sort((a, b) => sum(b) - sum(a))[0] ?? [];
const page = [PAGE, gzipSync(readFileSync(new URL(PAGE, dist))).length];
const first = [page, ...gzipped([...atOnce(PAGE), ...atOnce(CANDIDATE)])];
const counted = [page, ...gzipped(before), ...largest];

if (process.argv.includes('--each')) {
  for (const [file, size] of counted) console.log(`${kb(size / 1024)}  ${file}`);
}
console.log(`${kb(sum(first))}  the first page of an invitation, in English`);
console.log(`${kb(sum(counted))}  all before the call, avatar and the largest language included; limit ${LIMIT_KB} KB`);
console.log(`${kb(sum(gzipped(call)))}  more with the call, or with trying the connection before it`);
process.exit(sum(counted) > LIMIT_KB ? 1 : 0);

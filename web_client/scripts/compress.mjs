// Puts a compressed copy beside every text file of the build; the api sends it to browsers that take it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const WORTH_IT_BYTES = 1024;
const assets = new URL('../dist/assets/', import.meta.url);

for (const name of readdirSync(assets)) {
  if (!/\.(m?js|css|svg|bin)$/.test(name)) continue;
  const content = readFileSync(new URL(name, assets));
  if (content.length < WORTH_IT_BYTES) continue;
  writeFileSync(new URL(`${name}.gz`, assets), gzipSync(content, { level: 9 }));
  const parameters = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  writeFileSync(new URL(`${name}.br`, assets), brotliCompressSync(content, { params: parameters }));
}

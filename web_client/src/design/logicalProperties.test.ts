import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

const FOLDERS = ['src/candidate', 'src/design', 'src/avatar'];
/** Ways to say left or right, which are wrong where text runs the other way. */
const PHYSICAL = [
  /(^|[\s;{])(left|right)\s*:/,
  /(margin|padding|border|inset|scroll-(margin|padding))(-inline)?-(left|right)/,
  /(text-align|float|clear|transform-origin|justify-content)\s*:\s*[^;]*\b(left|right)\b/,
  /border-(top|bottom)-(left|right)-radius/,
  /translateX/,
];

function physical(line: string): boolean {
  const sides = /^\s*(margin|padding|inset)\s*:\s*(.*);/.exec(line)?.[2]?.match(/(?:[^\s(]|\([^)]*\))+/g) ?? [];
  return PHYSICAL.some((pattern) => pattern.test(line)) || (sides.length === 4 && sides[1] !== sides[3]);
}

it('notices what is said of left and right', () => {
  for (const line of ['  left: 0;', '  margin-left: 1px;', '  text-align: right;', '  padding: 0 1px 0 2px;']) {
    expect(physical(line), line).toBe(true);
  }
  expect(physical('  padding: 0 calc(1px + 2px) 0 calc(1px + 2px);')).toBe(false);
});

it.each(FOLDERS)('says nothing of left and right in the styles of %s', (folder) => {
  const sheets = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.css'));
  expect(sheets.length).toBeGreaterThan(0);
  for (const sheet of sheets) {
    const lines = readFileSync(join(folder, sheet), 'utf8').split('\n');
    expect(lines.filter(physical), sheet).toEqual([]);
  }
});

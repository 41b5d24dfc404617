import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { json } from '../../src/source/json.ts';
import type { Language } from '../../src/source/language.ts';
import { plain } from '../../src/source/plain.ts';
import { SCRIPTS } from '../../src/source/typescript.ts';
import {
  type LanguageSubject,
  languageConformance,
  yieldOf,
} from '../../src/testing/language-conformance.ts';
import type { Suite } from '../../src/testing/suite.ts';

const suite: Suite = {
  test: (name, body) => test(name, body, 120_000),
  skip: (name, reason) => test.skip(`${name} (${reason})`, () => undefined),
};

const ours = (path: string): string =>
  readFileSync(join(import.meta.dirname, '../../src', path), 'utf8');
const script = (extension: string): Language => SCRIPTS.get(extension) ?? plain;

const SORT = `// insertion sort
export function sort(xs) {
  const out = xs.slice();
  for (let i = 1; i < out.length; i++) {
    const x = out[i];
    let j = i - 1;
    while (j >= 0 && out[j] > x) {
      out[j + 1] = out[j];
      j--;
    }
    out[j + 1] = x;
  }
  return out;
}
`;
const GRID = `'use strict';
const WIDTH = 7;
const cost = (a, b) => (a > b ? a * 2 - b : Math.max(a, 3) + 0.5);
function total(rows, cols) {
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      if (i !== j) {
        sum += cost(i, j) / WIDTH;
      }
    }
  }
  return sum;
}
module.exports = { total, cost };
`;

const SUBJECTS: readonly LanguageSubject[] = [
  {
    language: plain,
    programs: [
      'weight = 3.5\nif a < 2 then\n  b = a + 1\n  c = b - weight\nend\nprint("a < b")\n',
      'x = 1\nwhile x < 10 do\n  x = x * 2\n  y = x - 1 and x\nend\nz = x + y\n',
    ],
    rewritten: [['a = 1  \r\n\r\n b = 2\n', 'a = 1\n b = 2']],
    broken: 'it knows no syntax and accepts every text',
    valid: 0.9,
  },
  {
    language: script('ts'),
    programs: [
      ours('stats/wilson.ts'),
      ours('core/rng.ts'),
      ours('stats/e-process.ts'),
      'export function score(a: number, b: number): number {\n  return a * 2 - Math.max(b, 3);\n}\nfor (let i = 0; i < 3; i++) {\n  for (let j = 0; j < 4; j++) {\n    if (score(i, j) > 1) {\n      score(j, i);\n    }\n  }\n}\n',
    ],
    rewritten: [
      [
        '/** f */ export const f = (a: number): number => { return (a * (2.0)) }; // end\n',
        'export const f = (a) => {\n  // twice\n  return a * 2;\n};\n',
      ],
    ],
    broken: { text: 'const a = ;' },
    valid: 0.6,
  },
  {
    language: script('js'),
    programs: [SORT, GRID],
    rewritten: [[SORT, SORT.replaceAll('\n', '\n\n').replace('// insertion sort', '')]],
    broken: { text: 'let a = 1; let a = 2;' },
    valid: 0.8,
  },
  {
    language: json,
    programs: [
      '{\n  "points": [[0.5, -0.25],\n    [1e-3, 3]],\n  "name": "a 7 \\" {"\n}\n',
      '[0.1,\n-2.5,\n7,\ntrue]\n',
    ],
    rewritten: [['{ "\\u0061" : [1.0,\n -2.5e1] }\n', '{"a":[1.0,-2.5e1]}']],
    broken: { text: '[1,\n2' },
    valid: 0.9,
  },
];

for (const subject of SUBJECTS) {
  describe(subject.language.name, () => languageConformance(suite, subject));
}

describe('shares of draws', () => {
  for (const { language, programs } of SUBJECTS) {
    test(language.name, () => {
      const found = [...yieldOf({ language, programs }, 40)];
      const rows = found.map(([name, { draws, children, valid, different }]) => ({
        name,
        children: children / draws,
        valid: valid / Math.max(1, children),
        different: different / Math.max(1, children),
      }));
      console.table(rows);
      const mean = (key: 'children' | 'valid' | 'different'): number =>
        rows.reduce((sum, row) => sum + row[key], 0) / rows.length;
      console.info(
        `${language.name}: a draw makes a child in ${percent(mean('children'))}, valid ${percent(mean('valid'))}, different ${percent(mean('different'))}`,
      );
      expect(mean('valid')).toBeGreaterThanOrEqual(0.99);
      expect(mean('different')).toBeGreaterThanOrEqual(0.9);
    }, 120_000);
  }
});

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** Examples that cannot be used are refused before anything is searched; those that can lead to a program. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../test/cli/fixtures/cli.ts';
import { programsFor } from '../synthesis/by-example.ts';
import { costsOf } from '../synthesis/costs.ts';
import { expertGrammar, expertLanguage } from '../synthesis/expert.ts';
import { print } from '../synthesis/term.ts';
import { workspace } from '../synthesis/workspace.ts';
import { readExamples } from './build-library.ts';

function file(text: string): string {
  const root = emptyFolder();
  writeFileSync(join(root, 'e.json'), text);
  return root;
}

const REFUSED: Readonly<Record<string, string>> = {
  'it is no JSON': '[{',
  'write a list like': '{"in": [[1]], "out": 2}',
  '1 examples say too little': '[{"in": [[1]], "out": 2}]',
  'examples 1 and 2 contradict each other': '[{"in": [[1]], "out": 2}, {"in": [[1]], "out": 3}]',
  'example 2 wants a list and example 1 a number':
    '[{"in": [[1]], "out": 2}, {"in": [[2]], "out": [3]}]',
  'example 1 has a list of more than 24': `[{"in": [[${Array(25).fill(1)}]], "out": 2}, {"in": [[2]], "out": 3}]`,
  'Invalid input at 0.in': '[{"in": [[1.5]], "out": 2}, {"in": [[2]], "out": 3}]',
};

test.each(Object.entries(REFUSED))('refused: %s', (words, text) => {
  expect(() => readExamples(file(text), 'e.json')).toThrow(words);
});

test('the cheapest program that fits is found, and k is not used where no example gives it', () => {
  const text = JSON.stringify(
    [
      [3, 5, 10],
      [0, 2, 4, 10],
      [7, 1, 1, 1, 1],
    ].map((list) => ({
      in: [list],
      out: list.filter((x) => x > list.reduce((a, b) => a + b) / list.length).length,
    })),
  );
  const language = expertLanguage();
  const found = programsFor(
    {
      ...readExamples(file(text), 'e.json'),
      language,
      domain: 'numbers',
      costs: costsOf(language, expertGrammar(language)),
      candidates: 60_000,
      most: 5,
    },
    workspace(80_000, 4_000_000),
  );
  const printed = found.map(({ term }) => print(language, term));
  expect(found[0]?.right).toBe(3);
  expect(printed.join()).not.toMatch(/\bk\b/);
  expect(new Set(printed).size).toBe(printed.length);
});

import { describe, test } from 'vitest';
import { plain } from '../../src/source/plain.ts';
import {
  type LanguageSubject,
  languageConformance,
} from '../../src/testing/language-conformance.ts';
import type { Suite } from '../../src/testing/suite.ts';

const suite: Suite = {
  test: (name, body) => test(name, body, 60_000),
  skip: (name, reason) => test.skip(`${name} (${reason})`, () => undefined),
};

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
];

for (const subject of SUBJECTS) {
  describe(subject.language.name, () => languageConformance(suite, subject));
}

import { expect, test } from 'vitest';
import { contentId } from '../core/hash.ts';
import { costsOf, NEVER } from './costs.ts';
import {
  EXPERT_HELPERS,
  EXPERT_PLACES,
  EXPERT_WEIGHTS,
  expertGrammar,
  expertLanguage,
} from './expert.ts';

/** Of 2026-11-28, before the first run. A change makes every figure beside this line void. */
const FROZEN = 'sha256:4e68f9019f3ce518652ad99ab68ce637ebf4a9c2804728e05cd3a8c4d3ead8d3';

test('the expert’s helpers and costs are what was frozen before the first run', () => {
  const language = expertLanguage();
  const costs = costsOf(language, expertGrammar(language)).map((rows) =>
    rows.map((row) => [...row]),
  );
  expect(contentId(JSON.stringify({ helpers: EXPERT_HELPERS, costs }))).toBe(FROZEN);
});

test('there are 18 helpers, and every place and weight names something of their language', () => {
  const language = expertLanguage();
  expect(EXPERT_HELPERS).toHaveLength(18);
  for (const [type, weights] of Object.entries(EXPERT_WEIGHTS))
    for (const name of Object.keys(weights))
      expect(language.primitives[language.index.get(name) ?? -1]?.type, name).toBe(type);
  for (const [place, weights] of Object.entries(EXPERT_PLACES)) {
    const [parent = '', slot] = place.split('.');
    const type = language.primitives[language.index.get(parent) ?? -1]?.args[Number(slot)];
    for (const name of Object.keys(weights))
      expect(language.primitives[language.index.get(name) ?? -1]?.type, `${place} ${name}`).toBe(
        type,
      );
  }
});

test('whatever the types allow can be reached', () => {
  const language = expertLanguage();
  const costs = costsOf(language, expertGrammar(language));
  language.primitives.forEach(({ args }, parent) => {
    args.forEach((wanted, slot) => {
      language.primitives.forEach(({ type }, child) => {
        const cost = costs[parent]?.[slot]?.[child] ?? Number.NaN;
        if (type === wanted) expect(cost).toBeLessThan(NEVER);
        else expect(cost).toBe(NEVER);
      });
    });
  });
});

import { describe, expect, test } from 'vitest';
import type { Judged, Taste } from '../../src/tastes/contract.ts';
import { uniformTaste } from '../../src/tastes/uniform.ts';
import type { Suite } from '../../src/testing/suite.ts';
import { type TasteSubject, tasteConformance } from '../../src/testing/taste-conformance.ts';

const suite: Suite = {
  test: (name, body) => test(name, body, 20_000),
  skip: (name, reason) => test.skip(`${name} (${reason})`, () => undefined),
};

const uniform: TasteSubject = {
  create: () => uniformTaste() as Taste,
  textOf: (number) => `candidate ${number}`,
  limit: 200,
};

const SUBJECTS: Readonly<Record<string, TasteSubject>> = { 'uniform.ts': uniform };

for (const [file, subject] of Object.entries(SUBJECTS)) {
  describe(file, () => tasteConformance(suite, subject));
}

type Fault = (healthy: Taste) => Partial<Taste>;

let asked = 0;
const FAULTS: Readonly<Record<string, Fault>> = {
  'a forecast is a chance, with finite sizes or none': () => ({
    predict: (_state, { drafts }) => drafts.map(() => ({ chance: 1.2, rank: 0 })),
  }),
  'predict leaves the state as it was': ({ predict }) => ({
    predict: (state, question) => {
      Object.assign(state as object, { more: 1 });
      return predict(state, question);
    },
  }),
  'tell leaves the state it was given as it was': ({ tell }) => ({
    tell: (state, judged) => Object.assign(state as object, tell(state, judged)),
  }),
  'the same state and question give the same answer': () => ({
    predict: (_state, { drafts }) => drafts.map(() => ({ chance: 0.5, rank: asked++ })),
  }),
  'a state is plain data: encoded and decoded it goes on alike': () => {
    const held = new WeakMap<object, number>();
    return {
      tell: (state) => {
        const next = { n: (held.get(state as object) ?? 0) + 1 };
        held.set(next, next.n);
        return next;
      },
    };
  },
  'a state is bounded': ({ tell }) => ({
    tell: (state, judged) => {
      const { all = [] } = state as { readonly all?: readonly number[] };
      return { ...(tell(state, judged) as object), all: [...all, judged.trial] };
    },
  }),
  'what nobody learns from changes nothing that is forecast': ({ tell }) => ({
    tell: (state, judged: Judged) => tell(state, { ...judged, better: false, atRandom: true }),
  }),
};

test.each(Object.entries(FAULTS))('planted against "%s": the law sees it', async (law, fault) => {
  const healthy = uniformTaste() as Taste;
  const laws = new Map<string, () => Promise<void>>();
  const collect: Suite = { test: (name, body) => laws.set(name, body), skip: () => undefined };
  const create = () => ({ ...healthy, ...fault(healthy) }) as Taste;
  tasteConformance(collect, { ...uniform, create });
  await expect(laws.get(law)?.()).rejects.toThrow();
});

import { describe, expect, test } from 'vitest';
import { sha256 } from '../../src/core/hash.ts';
import { publicRoot } from '../../src/core/rng.ts';
import { encodeForest } from '../../src/lang/codec.ts';
import { growForest } from '../../src/lang/generate.ts';
import type { Vocabulary } from '../../src/lang/vocabulary.ts';
import type { Judged, Taste } from '../../src/tastes/contract.ts';
import { personTaste } from '../../src/tastes/person.ts';
import { PRIOR } from '../../src/tastes/surrogate/prior.ts';
import { forestPhenotypes, surrogateTaste } from '../../src/tastes/surrogate.ts';
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

const vocabulary: Vocabulary = {
  slots: [{ name: 'value', inputs: ['x', 'y'], result: 'real' }],
};
const columns = (of: (row: number) => number) => Float64Array.from({ length: 16 }, (_, r) => of(r));
const rows = { length: 16, columns: { x: columns((r) => r / 4), y: columns((r) => (r * 7) % 5) } };
const forestOf = (number: number): string =>
  encodeForest(
    growForest(publicRoot('tastes').stream(number, 'forest'), vocabulary, { maxDepth: 4 }),
  );
const ORIGIN = forestOf(0);

const surrogate: TasteSubject = {
  create: () =>
    surrogateTaste({
      phenotypeOf: forestPhenotypes({ vocabulary, situations: { rows, groupSize: 8 } }),
      origin: { id: sha256(ORIGIN), text: ORIGIN, size: 1 },
      net: PRIOR,
    }) as Taste,
  textOf: forestOf,
  limit: 200_000,
};

/** Answers every other question, each as it is asked again. */
const person: TasteSubject = {
  create: () =>
    personTaste({
      ask: ({ trial }) =>
        Promise.resolve(trial % 2 === 0 ? undefined : { by: 'human:ann', chance: 0.3 }),
    }) as Taste,
  textOf: (number) => `candidate ${number}`,
  limit: 10,
};

const SUBJECTS: Readonly<Record<string, TasteSubject>> = {
  'person.ts': person,
  'surrogate.ts': surrogate,
  'uniform.ts': uniform,
};

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

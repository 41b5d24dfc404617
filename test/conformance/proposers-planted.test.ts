/** For every law of the proposer suite, proposers that break it, each in one way. */
import { describe, expect, test } from 'vitest';
import type { Proposer } from '../../src/proposers/contract.ts';
import { proposerConformance } from '../../src/testing/proposer-conformance.ts';
import type { Suite } from '../../src/testing/suite.ts';
import { cma, GENERATIONS, genetic, originText, shared } from './fixtures/forest-proposers.ts';

type Fault = (healthy: Proposer) => Partial<Proposer>;

type Drafted = Awaited<ReturnType<Proposer['ask']>>;

let count = 0;

/** A proposer whose every draft is changed. */
const drafts =
  (change: (draft: Drafted) => Partial<Drafted>): Fault =>
  ({ ask }) => ({
    ask: async (state, request) => {
      const draft = await ask(state, request);
      return { ...draft, ...change(draft) };
    },
  });

const spentOf = (state: unknown): number[] => (state as { spent: number[] }).spent;

/** By law and by what they do: proposers that break it. Genetic ones, or CMA-ES to break a probe. */
const FAULTS: Readonly<Record<string, Readonly<Record<string, Fault>>>> = {
  'ask leaves the state as it was': {
    'ask counts itself': ({ ask }) => ({
      ask(state, request) {
        spentOf(state)[0] = (spentOf(state)[0] ?? 0) + 1;
        return ask(state, request);
      },
    }),
  },
  'the same state and stream give the same draft, alone or beside others': {
    'a counter outside the state': drafts(({ operator }) => ({
      operator: `${operator} ${count++}`,
    })),
    'asks under way are noticed': ({ ask }) => {
      let asking = 0;
      return {
        async ask(state, request) {
          const considered = ++asking;
          await Promise.resolve();
          asking -= 1;
          return { ...(await ask(state, request)), considered };
        },
      };
    },
  },
  'who picks from the archive says that it breeds': { unsaid: () => ({ traits: cma().traits }) },
  'trials differ': { 'the origin again and again': drafts(() => ({ text: originText })) },
  'who is used up has only what was settled': {
    'it gives up at once': () => ({ isExhausted: () => true }),
  },
  'when everything has been seen there is still a draft': {
    'it gives up': ({ ask }) => ({
      async ask(state, request) {
        const draft = await ask(state, request);
        if (request.seen(draft.key)) throw new Error('nothing new');
        return draft;
      },
    }),
  },
  'a draft is complete': {
    'nothing was considered': drafts(() => ({ considered: 0 })),
    'half an evaluation': drafts(() => ({ evals: 0.5 })),
    'half a node': drafts(() => ({ size: 1.5 })),
    'no key': drafts(() => ({ key: '' })),
    'no operator': drafts(() => ({ operator: '' })),
    'no text, and no reason': drafts(() => ({ text: '', size: 0, noCandidate: '' })),
    'a text beside a reason': drafts(() => ({ noCandidate: 'none today' })),
    'a parent by name': drafts(() => ({ parents: ['origin'] })),
  },
  'a draft is a candidate of the task kind, in canonical form': {
    'a space in front': drafts(({ text }) => ({ text: ` ${text}` })),
    'a text cut short': drafts(({ text }) => ({ text: text.slice(1) })),
  },
  'one text has one key': {
    'a key per draft': drafts(() => ({ text: originText, key: `${count++}` })),
  },
  'size is the number of nodes': {
    'one too many': drafts(({ size }) => ({ size: size + 1 })),
  },
  'every study begins with the same state': {
    'studies are numbered': ({ init }) => ({
      init: () => ({ ...(init() as object), study: count++ }),
    }),
  },
  'tell leaves the old state as it was': {
    'tell writes to it': ({ tell }) => ({
      tell: (state, told) => Object.assign(state as object, tell(state, told)),
    }),
  },
  'the record alone rebuilds every state': {
    'tell counts asks': ({ ask, tell }) => {
      let asked = 0;
      return {
        ask: (state, request) => {
          asked += 1;
          return ask(state, request);
        },
        tell: (state, told) => ({ ...(tell(state, told) as object), asked }),
      };
    },
  },
  'a state is plain data: its copy goes on alike': {
    'a function in it': ({ init }) => ({ init: () => ({ ...(init() as object), next: () => 0 }) }),
    'a class': ({ init }) => {
      class Portfolio {}
      return { init: () => Object.assign(new Portfolio(), init()) };
    },
    'known by identity': ({ init, tell }) => {
      const known = new WeakSet<object>();
      const remember = (state: unknown): unknown => {
        known.add(state as object);
        return state;
      };
      return {
        init: () => remember(init()),
        tell: (state, told) => (known.has(state as object) ? remember(tell(state, told)) : state),
      };
    },
  },
  'trials without a score do no harm': {
    'a gain is needed': ({ tell }) => ({
      tell: (state, told) => {
        if (told.gain === null) throw new Error('a gain is needed');
        return tell(state, told);
      },
    }),
    'a time-out spoils the state': ({ ask, tell }) => ({
      ask: (state, request) => {
        if (state === null) throw new Error('the state is lost');
        return ask(state, request);
      },
      tell: (state, told) => (told.outcome === 'timeout' ? null : state && tell(state, told)),
    }),
  },
  'a control sees neither the archive nor what was learnt': {
    'it is asked like any other': ({ ask }) => ({
      ask: (state, request) => ask(state, { ...request, fromOrigin: false }),
    }),
    'it knows what was spent': ({ ask }) => ({
      ask: async (state, request) => {
        const considered = 1 + spentOf(state).filter((evals) => evals > 0).length;
        return { ...(await ask(state, request)), considered };
      },
    }),
  },
  'ask reads the archive before its first await and never later': {
    'it waits first': ({ ask }) => ({
      async ask(state, request) {
        await Promise.resolve();
        return ask(state, request);
      },
    }),
    'it looks for its key later': ({ ask }) => ({
      async ask(state, request) {
        const draft = await ask(state, request);
        return { ...draft, considered: request.seen(draft.key) ? 1 : 2 };
      },
    }),
  },
  'probes of a trial are numbered from 0 and none is empty': {
    'from 1': ({ ask }) => ({
      ask: (state, request) =>
        ask(state, {
          ...request,
          probe: { measure: (texts, round) => request.probe.measure(texts, round + 1) },
        }),
    }),
    'an empty one at the end': ({ ask }) => ({
      async ask(state, request) {
        const draft = await ask(state, request);
        await request.probe.measure([], GENERATIONS);
        return draft;
      },
    }),
  },
  'a draft keeps the score of every probe, in order': {
    'one is not kept': ({ ask }) => ({
      async ask(state, request) {
        const draft = await ask(state, request);
        await request.probe.measure([draft.text], GENERATIONS);
        return draft;
      },
    }),
    backwards: drafts(({ probe = [] }) => ({ probe: probe.toReversed() })),
  },
  'what is probed is canonical': {
    'a space in front': ({ ask }) => ({
      ask: (state, request) =>
        ask(state, {
          ...request,
          probe: {
            measure: async (texts, round) => {
              const spaced = texts.map((text) => ` ${text}`);
              return request.probe.measure(spaced, round);
            },
          },
        }),
    }),
  },
};

/** The laws a proposer is held to, by name, as functions. */
function lawsOf(create: () => Proposer): ReadonlyMap<string, () => Promise<void>> {
  const laws = new Map<string, () => Promise<void>>();
  const collect: Suite = { test: (name, law) => void laws.set(name, law), skip: () => undefined };
  proposerConformance(collect, { ...shared, create });
  return laws;
}

test('every law has a proposer that breaks it', () => {
  expect(Object.keys(FAULTS).sort()).toEqual([...lawsOf(genetic).keys()].sort());
});

describe.each(Object.entries(FAULTS))('the law "%s" notices', (law, faults) => {
  const base = law.includes('probe') ? cma : genetic;
  test.each(Object.entries(faults))('%s', async (_, fault) => {
    const create = (): Proposer => {
      const healthy = base();
      return { ...healthy, ...fault(healthy) };
    };
    const error = await lawsOf(create)
      .get(law)?.()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error, 'the fault itself is broken').not.toBeInstanceOf(TypeError);
  });
});

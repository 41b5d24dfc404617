import { describe, expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { EMPTY_PURSE } from '../core/spend.ts';
import { decodeForest, encodeForest } from '../lang/codec.ts';
import { apply, constant, parametersOf, variable, withParameters } from '../lang/forest.ts';
import { cmaMean } from '../optim/cma-es.ts';
import { forestTunable } from './cma-es/forest-tunable.ts';
import { cmaEsProposer } from './cma-es.ts';
import type { AskRequest, Told } from './contract.ts';

const vocabulary = { slots: [{ name: 'f', inputs: ['x'], result: 'real' }] } as const;

/** Three constants to move: 1 + 2x + 3x² at the start. */
const template = {
  slots: {
    f: apply('+', [
      constant(1),
      apply('+', [
        apply('*', [constant(2), variable('x')]),
        apply('*', [constant(3), apply('sq', [variable('x')])]),
      ]),
    ]),
  },
};
const TARGET = [4, -1, 2];
const ROOT = publicRoot('cma-es proposer');

/** Distance of the constants from the target, with noise that depends on the round alone. */
function distance(text: string): number {
  const found = parametersOf(decodeForest(text, vocabulary));
  return Math.hypot(...TARGET.map((wanted, i) => (found[i] ?? 0) - wanted));
}

function requestOf(trial: number, over: Partial<AskRequest> = {}): AskRequest {
  return {
    trial,
    rng: ROOT.stream(trial, 'ask'),
    archive: { size: 0, best: () => undefined, pick: () => undefined },
    probe: {
      measure: async (texts, round) => {
        const luck = 5 * ROOT.stream(trial, 'probe', round).normal();
        return texts.map((text) => luck - distance(text));
      },
    },
    fromOrigin: false,
    seen: () => false,
    purse: EMPTY_PURSE,
    signal: new AbortController().signal,
    ...over,
  };
}

const toldOf = (trial: number, probe?: Told['probe']): Told => ({
  trial,
  operator: 'mean',
  key: 'a',
  text: '',
  outcome: 'scored',
  gain: 0,
  evals: 1,
  admitted: false,
  ...(probe ? { probe } : {}),
  rng: ROOT.stream(trial, 'ask'),
});

const options = { tunable: forestTunable(template), lambda: 8, sigma: 0.5, generations: 3 };
const proposer = cmaEsProposer(options);

describe('a trial', () => {
  test('ends at the mean that tell rebuilds from its record', async () => {
    let state = proposer.init();
    for (let trial = 0; trial < 5; trial++) {
      const { text, probe } = await proposer.ask(state, requestOf(trial));
      expect(probe).toHaveLength(24);
      state = proposer.tell(state, toldOf(trial, probe));
      expect(encodeForest(withParameters(template, cmaMean(state.run)))).toBe(text);
    }
  });

  test('is told the same by who asked and by who did not, and by its record, not by memory', async () => {
    const state = proposer.init();
    const { probe = [] } = await proposer.ask(state, requestOf(0));
    const stranger = cmaEsProposer(options);
    expect(proposer.tell(state, toldOf(0, probe))).toEqual(stranger.tell(state, toldOf(0, probe)));
    const altered = probe.map((score, i) => (i === 3 ? null : score));
    for (const told of [toldOf(0, altered), toldOf(1, probe)]) {
      const learnt = proposer.tell(state, told);
      expect(learnt).toEqual(stranger.tell(state, told));
      expect(learnt).not.toEqual(proposer.tell(state, toldOf(0, probe)));
    }
  });

  test('begins where the last one ended: the search converges, whatever the luck of a round', async () => {
    let state = proposer.init();
    for (let trial = 0; trial < 25; trial++) {
      const { probe } = await proposer.ask(state, requestOf(trial));
      state = proposer.tell(state, toldOf(trial, probe));
    }
    const { text } = await proposer.ask(state, requestOf(25));
    expect(distance(encodeForest(template))).toBeGreaterThan(4);
    expect(distance(text)).toBeLessThan(0.01);
  });

  test('learns nothing from a record cut short or missing', () => {
    const state = proposer.init();
    expect(proposer.tell(state, toldOf(0))).toBe(state);
    expect(proposer.tell(state, toldOf(0, [1, 2, 3]))).toBe(state);
  });

  test('ranks samples without a score last', async () => {
    const measured: string[] = [];
    const probe: AskRequest['probe'] = {
      async measure(texts) {
        measured.push(...texts);
        return texts.map((text) => (distance(text) > 4 ? null : 0));
      },
    };
    let state = proposer.init();
    for (let trial = 0; trial < 10; trial++) {
      const draft = await proposer.ask(state, requestOf(trial, { probe }));
      state = proposer.tell(state, toldOf(trial, draft.probe));
    }
    expect(measured.some((text) => distance(text) > 4)).toBe(true);
    expect(distance(encodeForest(withParameters(template, cmaMean(state.run))))).toBeLessThan(4);
  });
});

describe('a control trial', () => {
  const control = (trial: number) => requestOf(trial, { fromOrigin: true });

  test('hands in the sample that leads its round by most, not the one with the luckiest round', async () => {
    const rounds: { readonly texts: readonly string[]; readonly scores: readonly number[] }[] = [];
    const probe: AskRequest['probe'] = {
      async measure(texts, round) {
        // Round 1 is easy for all; in round 2 the fourth sample leads by 3.
        const scores = texts.map((_, i) =>
          round === 1 ? 100 + i / 10 : round === 2 && i === 3 ? 3 : 0,
        );
        rounds.push({ texts, scores });
        return scores;
      },
    };
    const { text, operator } = await proposer.ask(proposer.init(), { ...control(0), probe });
    expect(text).toBe(rounds[2]?.texts[3]);
    expect(operator).toBe('best-of-samples');
  });

  test('costs as many probes and stays around the start', async () => {
    for (let trial = 0; trial < 20; trial++) {
      const { probe, considered, text } = await proposer.ask(proposer.init(), control(trial));
      expect(probe).toHaveLength(24);
      expect(considered).toBe(24);
      expect(distance(text)).toBeGreaterThan(1);
    }
  });
});

describe('restarts', () => {
  /** Nothing to be found: every sample scores alike, so a run is flat as soon as it may be. */
  async function lambdas(restarts: 'none' | 'ipop' | 'bipop'): Promise<readonly number[]> {
    const flat = cmaEsProposer({
      tunable: forestTunable(template),
      lambda: 8,
      sigma: 0.5,
      generations: 30,
      restarts,
    });
    const sizes: number[] = [];
    let state = flat.init();
    for (let trial = 0; trial < 4; trial++) {
      const request = requestOf(trial, {
        probe: { measure: async (texts) => texts.map(() => 1) },
      });
      const { probe = [] } = await flat.ask(state, request);
      sizes.push(probe.length / 30);
      state = flat.tell(state, toldOf(trial, probe));
      expect(flat.tell(state, toldOf(trial))).toBe(state);
    }
    return sizes;
  }

  test('none: the same search goes on', async () => {
    expect(await lambdas('none')).toEqual([8, 8, 8, 8]);
  });

  test('ipop: after a trial with nothing more to find the next one samples twice as many', async () => {
    expect(await lambdas('ipop')).toEqual([8, 16, 32, 64]);
  });

  test('bipop: small runs come between', async () => {
    const sizes = await lambdas('bipop');
    expect(Math.min(...sizes.slice(1))).toBeLessThan(16);
    expect(Math.max(...sizes)).toBeGreaterThan(8);
  });
});

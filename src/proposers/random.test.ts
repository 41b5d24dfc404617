import { expect, test } from 'vitest';
import { publicRoot } from '../core/rng.ts';
import { EMPTY_PURSE } from '../core/spend.ts';
import { decodeForest } from '../lang/codec.ts';
import { constant, parametersOf } from '../lang/forest.ts';
import type { AskRequest, Draft, Proposer } from './contract.ts';
import { randomConstants, randomPrograms } from './random.ts';

const vocabulary = {
  slots: [{ name: 'priority', inputs: ['item', 'space'], result: 'real' }],
} as const;

async function drawn(proposer: Proposer<null>, trials: number): Promise<readonly Draft[]> {
  const request = (trial: number): AskRequest => ({
    trial,
    rng: publicRoot('random').stream(trial, 'ask'),
    archive: { elites: [], best: () => undefined } as unknown as AskRequest['archive'],
    probe: { measure: () => Promise.reject(new Error('random never probes')) },
    fromOrigin: true,
    seen: () => false,
    purse: EMPTY_PURSE,
    signal: new AbortController().signal,
  });
  return Promise.all(
    Array.from({ length: trials }, (_, trial) => proposer.ask(proposer.init(), request(trial))),
  );
}

test('random programs are of every size and owe nothing to an origin', async () => {
  const drafts = await drawn(randomPrograms({ vocabulary }), 200);
  const sizes = drafts.map(({ size }) => size);
  expect(Math.min(...sizes)).toBe(1);
  expect(Math.max(...sizes)).toBeGreaterThan(15);
  expect(drafts.every(({ parents }) => parents.length === 0)).toBe(true);
});

test('random constants reach well past those of the template', async () => {
  const template = { slots: { priority: constant(3) } };
  const drafts = await drawn(randomConstants({ template, sigma: 0.5 }), 400);
  const values = drafts.flatMap(({ text }) => [...parametersOf(decodeForest(text, vocabulary))]);
  const sd = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  expect(sd).toBeGreaterThan(5.2);
  expect(sd).toBeLessThan(6.8);
});

/** People are asked before the result, of trials that nobody chose; they decide nothing, and silence is no forecast. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { foretell, questionsOf } from '../../src/app/foretell/answer.ts';
import { foretellFolder } from '../../src/app/foretell/files.ts';
import { folderPanel } from '../../src/app/foretell/panel.ts';
import { foreseenOf } from '../../src/claims/foreseen.ts';
import type { Plan } from '../../src/loop/plan.ts';
import { cardsOf } from '../../src/reporters/cards/cards.ts';
import { addToCards, newCards } from '../../src/reporters/cards/tally.ts';
import type { Taste } from '../../src/tastes/contract.ts';
import { type Panel, personTaste } from '../../src/tastes/person.ts';
import { uniformTaste } from '../../src/tastes/uniform.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { smallPlan } from '../../src/testing/small-study.ts';
import { runSmall } from './fixtures/small-run.ts';

const DRAFT = {
  text: 'new',
  key: 'k',
  operator: 'point',
  proposer: 'genetic',
  parents: ['sha256:aa'],
  size: 3,
};
const kind = {
  diff: (from: string, to: string) => [{ path: 'a.ts', unified: `-${from}\n+${to}\n` }],
};

const planWith = (people: Plan['people']): Plan => ({
  ...smallPlan({
    clock: manualClock(),
    budget: { trials: 80 },
    tasted: { promise: { use: 'uniform', drafts: 1, explore: 1 }, taste: uniformTaste() as Taste },
  }),
  ...(people ? { people } : {}),
});

/** Knows the truth, and answers two questions of three. */
const ann: Panel = {
  ask({ trial, draft }) {
    const { effect } = JSON.parse(draft.text) as { readonly effect: number };
    if (trial % 3 === 0) return Promise.resolve(undefined);
    return Promise.resolve({ by: 'human:ann', chance: effect > 1 ? 0.9 : 0.1, effect });
  },
};

const asked = await runSmall(planWith({ taste: personTaste(ann) as Taste, share: 0.9 }));
const said = asked.events.filter((one) => one.type === 'forecast.made');
const settled = asked.events.filter((one) => one.type === 'trial.settled');

test('what they say stands in the ledger before the result', () => {
  expect(said.length).toBeGreaterThan(15);
  for (const { seq, trial, body } of said) {
    const result = settled.find((one) => one.trial === trial);
    expect(result?.seq).toBeGreaterThan(seq);
    expect(result?.body.candidate).toBe(body.candidate);
    expect((trial ?? 0) % 3, 'silence is no forecast').toBeGreaterThan(0);
  }
});

test('they decide nothing: the study is the same as if nobody had been asked', async () => {
  const unasked = await runSmall(planWith(undefined));
  expect(asked.logical).toBe(unasked.logical);
});

test('they are scored on what they said, and on nothing else', () => {
  const cards = newCards();
  for (const event of asked.events) addToCards(cards, event);
  const { forecasters } = cardsOf(cards);
  const scored = said.filter(({ trial }) => {
    const result = settled.find((one) => one.trial === trial);
    return result && foreseenOf({ name: '', goal: 'max', unit: '' }, result.body);
  });
  const own = forecasters.find(({ by }) => by === 'human:ann');
  expect(own).toMatchObject({ kind: 'person', score: { n: scored.length } });
});

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'paceline-foretell-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const place = () => ({ root, id: 'small-1' });
const asking = (withinMs: number, signal = new AbortController().signal) =>
  folderPanel({ ...place(), kind, origin: 'old' }, withinMs).ask(
    { trial: 7, draft: DRAFT },
    signal,
  );

test('through files: a question with the change, an answer with a name, nothing left behind', async () => {
  const answer = asking(60_000);
  expect(questionsOf(place())).toMatchObject([{ trial: 7, diff: '-old\n+new\n' }]);
  expect(() => foretell(place(), 8, { chance: 0.5 })).toThrow(/Trial 8 .*asks nobody.*: 7/);
  foretell(place(), 7, { chance: 0.25, effect: 1 });
  expect(await answer).toMatchObject({ chance: 0.25, effect: 1 });
  expect((await answer)?.by).toMatch(/^human:/);
  expect(questionsOf(place())).toEqual([]);
  expect(() => foretell(place(), 7, { chance: 0.5 })).toThrow(/No trial asks now/);
});

test('an answer that is none is not taken, and the wait ends without a forecast', async () => {
  const answer = asking(1000);
  const path = join(foretellFolder(root, 'small-1'), '7.answer.json');
  writeFileSync(path, '{"schema":"paceline.answer/1","by":"ann","chance":3}');
  expect(await answer).toBeUndefined();
  expect(existsSync(path)).toBe(false);
});

test('the end of the search ends the wait', async () => {
  const abort = new AbortController();
  const answer = asking(60_000, abort.signal);
  abort.abort();
  await expect(answer).rejects.toThrow(/abort/i);
  expect(questionsOf(place())).toEqual([]);
});

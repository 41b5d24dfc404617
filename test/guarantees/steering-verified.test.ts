/** What does not follow from what people said is found by verify: each fault planted once. */
import { expect, test } from 'vitest';
import type { Archive } from '../../src/archives/contract.ts';
import { paretoArchive } from '../../src/archives/pareto.ts';
import type { EventDraft, StoredEvent } from '../../src/core/events.ts';
import { totalEvals } from '../../src/loop/decide.ts';
import { apply } from '../../src/loop/fold.ts';
import { initialState } from '../../src/loop/state.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { smallPlan } from '../../src/testing/small-study.ts';
import { verifyLedger } from '../../src/verify/ledger.ts';
import { draftOf, runSmall } from './fixtures/small-run.ts';
import { runningClock, runSteered, type Said } from './fixtures/steered-run.ts';

const planOf = () => smallPlan({ clock: runningClock() });

async function findingsOf(drafts: readonly EventDraft[]) {
  const ledger = await memoryStore(planOf()).open('small', 'write');
  ledger.append(drafts);
  await ledger.flush();
  const { findings } = await verifyLedger(ledger, { archive: paretoArchive() as Archive });
  return findings.map(({ detail }) => detail).join('\n');
}

const { events } = await runSmall(planOf());
const drafts = events.map(draftOf);

const said = (id: string, words: unknown, declines?: number): EventDraft =>
  ({
    type: 'study.steered',
    actor: 'person',
    body: { id, by: 'ada', said: words, ...(declines === undefined ? {} : { declines }) },
  }) as EventDraft;

const at = (is: (event: StoredEvent) => boolean): number => events.findIndex(is);
const inserted = (index: number, draft: EventDraft) => drafts.toSpliced(index, 0, draft);

const promotion = at(({ type }) => type === 'candidate.promoted');
const promoted = events[promotion] as StoredEvent<'candidate.promoted'>;
const vetoOf = (candidate: string) => ({ kind: 'veto', value: { what: 'candidate', candidate } });
const settling = (trial: number) =>
  at((one) => one.type === 'trial.settled' && one.trial === trial);
const comparing = at(
  ({ type, body }) =>
    type === 'measurement.recorded' && 'purpose' in body && body.purpose === 'control',
);

/** Evaluations spent when that trial settles. */
function spentBefore(trial: number): number {
  const plan = planOf();
  const state = initialState(plan);
  for (const event of events.slice(0, settling(trial))) apply(plan, state, event);
  return totalEvals(state);
}

const note = said('a-note', { kind: 'note', value: 'all is well' });

test('a note between any two trials is no fault', async () => {
  expect(await findingsOf(inserted(settling(20), note))).toBe('');
});

test.each<[string, readonly EventDraft[], RegExp]>([
  [
    'a vetoed candidate is promoted',
    inserted(settling(promoted.trial ?? 0), said('no', vetoOf(promoted.body.candidate))),
    /barred by nobody; it was by steering no/,
  ],
  [
    'a veto leaves the challenger it concerns open',
    inserted(promotion, said('no', vetoOf(promoted.body.candidate))),
    /Ends no trial; what was said ends trial/,
  ],
  [
    'a veto of the incumbent',
    inserted(promotion + 1, said('no', vetoOf(promoted.body.candidate))),
    /no veto rolls back/,
  ],
  [
    'a note ends a challenger',
    inserted(promotion, said('note', { kind: 'note', value: 'x' }, promoted.trial)),
    /what was said ends no trial/,
  ],
  [
    'trials beyond the limit',
    inserted(settling(20), said('less', { kind: 'budget', value: { trials: 40 } })),
    /limited the study to 40 trials/,
  ],
  [
    'evaluations beyond the limit',
    inserted(settling(20), said('less', { kind: 'budget', value: { evals: spentBefore(30) } })),
    /limited the study to \d+ evaluations/,
  ],
  [
    'a limit below what is spent',
    inserted(settling(20), said('less', { kind: 'budget', value: { trials: 10 } })),
    /below what was spent/,
  ],
  [
    'a decision during the final comparison',
    inserted(comparing + 1, said('late', { kind: 'budget', value: { trials: 99 } })),
    /after its final comparison began/,
  ],
  [
    'one letter taken up twice',
    inserted(settling(20), note).toSpliced(settling(30), 0, note),
    /a second time/,
  ],
])('%s', async (_what, planted, finding) => {
  expect(await findingsOf(planted)).toMatch(finding);
});

test('a trial that counts as barred although nobody barred it', async () => {
  const trial = settling(21);
  const draft = drafts[trial] as Extract<EventDraft, { type: 'trial.settled' }>;
  const barred = { ...draft, body: { ...draft.body, barredBy: 'nobody-said', outcome: 'invalid' } };
  const planted = drafts.with(trial, barred as EventDraft);
  expect(await findingsOf(planted)).toMatch(/barred by steering nobody-said; it was by nobody/);
});

test('a trial asked for after the veto of its operator, and measured all the same', async () => {
  const say: Said = {
    id: 'no-probes',
    when: ({ committed }) => committed >= 10,
    said: { kind: 'veto', value: { what: 'operator', name: 'probe' } },
  };
  const run = await runSteered({ plan: planOf(), say: [say] });
  const own = run.events.map(draftOf);
  expect(await findingsOf(own)).toBe('');
  const last = run.events.findLastIndex(({ body }) => 'barredBy' in body);
  const draft = own[last] as Extract<EventDraft, { type: 'trial.settled' }>;
  const measured = { ...draft, body: { ...draft.body, values: [1, 2] } };
  expect(await findingsOf(own.with(last, measured))).toMatch(/measured all the same/);
});

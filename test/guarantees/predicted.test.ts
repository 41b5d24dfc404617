/** Whoever hands in a candidate says first what they expect of it: recorded, checked, and shown beside what came out. */
import { expect, test } from 'vitest';
import type { EventDraft, StoredEvent } from '../../src/core/events.ts';
import type { Hash } from '../../src/core/hash.ts';
import { type Steering, steering } from '../../src/core/steering.ts';
import { refusedSteering } from '../../src/loop/refuse-steering.ts';
import { initialState, type StudyState } from '../../src/loop/state.ts';
import { MOST_OF_CLIENTS } from '../../src/loop/steering.ts';
import { auditReport } from '../../src/reporters/audit.ts';
import { collectFacts } from '../../src/reporters/facts.ts';
import { htmlReport } from '../../src/reporters/html.ts';
import { jsonReport } from '../../src/reporters/json.ts';
import { markdownReport } from '../../src/reporters/markdown.ts';
import { smallPlan } from '../../src/testing/small-study.ts';
import { draftOf } from './fixtures/small-run.ts';
import { runningClock, runSteered, type Said, verifySteered } from './fixtures/steered-run.ts';

const planOf = () => smallPlan({ clock: runningClock(), lookahead: 8 });
const point = (effect: number): string => JSON.stringify({ trial: -1, effect });
const after = (trials: number) => (state: StudyState) => state.committed >= trials;
const handed = (effect: number, more: object): Steering =>
  ({ kind: 'candidate', value: { text: point(effect), ...more } }) as Steering;

const GOOD: Said = {
  id: 'good',
  by: 'human:ada',
  when: after(20),
  said: handed(9, { hypothesis: 'nine is more', expected: 8, expectedInterval: [5, 10] }),
};
const BAD: Said = {
  id: 'bad',
  by: 'mcp:helper',
  when: after(20),
  said: handed(-9, { mechanism: 'who knows', expected: -0.5 }),
};

const run = await runSteered({ plan: planOf(), say: [GOOD, BAD] });
const drafts = run.events.map(draftOf);

function triedBy(id: string): StoredEvent<'trial.settled'> {
  const isIt = (one: StoredEvent): one is StoredEvent<'trial.settled'> =>
    one.type === 'trial.settled' && one.body.writtenIn === id;
  return run.events.find(isIt) as StoredEvent<'trial.settled'>;
}

test('a trial says what was predicted of it, and who handed it in', async () => {
  expect(triedBy('good')).toMatchObject({
    actor: 'person',
    body: {
      proposer: 'person',
      operator: 'hand-written',
      hypothesis: 'nine is more',
      expected: 8,
      expectedInterval: [5, 10],
    },
  });
  expect(triedBy('bad')).toMatchObject({
    actor: 'mcp',
    body: { proposer: 'mcp', operator: 'submitted', mechanism: 'who knows', expected: -0.5 },
  });
  const steered = run.events.filter(({ type }) => type === 'study.steered');
  expect(steered.map(({ actor }) => actor)).toEqual(['person', 'mcp']);
  expect((await verifySteered(planOf(), drafts)).words).toBe('');
});

test('what a program hands in can be vetoed by its operator, and a person’s goes on', async () => {
  const veto: Said = {
    id: 'veto',
    said: { kind: 'veto', value: { what: 'operator', name: 'submitted' } },
  };
  const { refused, taken } = await runSteered({ plan: planOf(), say: [veto, GOOD, BAD] });
  expect(refused['bad']).toMatch(/That was steering veto/);
  expect(taken).toContain('good');
});

test('programs leave people room to speak', () => {
  const plan = planOf();
  const state = initialState(plan);
  const ids = Array.from({ length: MOST_OF_CLIENTS }, (_, i) => `said-${i}`);
  state.steering = { ...state.steering, ids };
  const heard = { said: { kind: 'note', value: 'x' }, spent: { activeMs: 0 } } as const;
  expect(refusedSteering(plan, state, { ...heard, by: 'mcp:helper' })).toMatch(/is for people/);
  expect(refusedSteering(plan, state, { ...heard, by: 'ada' })).toBeUndefined();
});

const bodyOf = (id: string, change: object): readonly EventDraft[] => {
  const index = triedBy(id).seq - 1;
  const draft = drafts[index] as EventDraft;
  return drafts.with(index, { ...draft, body: { ...draft.body, ...change } } as EventDraft);
};

test.each<[string, readonly EventDraft[], RegExp]>([
  ['a prediction made better afterwards', bodyOf('good', { expected: 9 }), /what steering good p/],
  ['one that is left out', bodyOf('bad', { expected: undefined }), /what steering bad predicted/],
  ['one that nobody made', bodyOf('bad', { hypothesis: 'luck' }), /what steering bad predicted/],
  ['a program’s called a person’s', bodyOf('bad', { proposer: 'person' }), /was to try what/],
])('planted and found by verify: %s', async (_what, planted, finding) => {
  const clean = planted.map((one) => ({ ...one, body: JSON.parse(JSON.stringify(one.body)) }));
  expect((await verifySteered(planOf(), clean as EventDraft[])).words).toMatch(finding);
});

test('the report sets what was predicted beside what was measured, and the audit derives it again', async () => {
  async function* pages() {
    yield run.events;
  }
  const head = { logical: run.logical as Hash };
  const facts = await collectFacts(pages(), { id: 'small', head, toSource: (text) => text });
  const documents = {
    html: htmlReport(facts),
    markdown: markdownReport(facts),
    json: jsonReport(facts),
  };
  const findings = await auditReport(documents, facts, pages());
  expect(findings).toEqual([]);
  const [good, bad] = run.events.filter(({ type }) => type === 'study.steered');
  const fact = (at: StoredEvent | undefined, name: string) =>
    facts.book.get(`steer.${at?.seq}.${name}`)?.text;
  expect(fact(good, 'words')).toMatch(/^hand-written candidate \w{12}: "nine is more"$/);
  expect(fact(good, 'predicted')).toMatch(/^\+8 .*\[5, 10\]$/);
  const gain = facts.book.get(`promotion.${triedBy('good').trial}.gain`)?.text;
  expect(gain).toBeDefined();
  expect(fact(good, 'measured')).toBe(gain);
  expect(fact(bad, 'words')).toMatch(/^submitted candidate/);
  expect(fact(bad, 'predicted')).toMatch(/^−0\.5/);
  expect(fact(bad, 'measured')).toMatch(/^no gain shown; its screen saw −?\d/);
  expect(documents.markdown).toMatch(/predicted \| measured/);
  expect(documents.markdown).not.toMatch(/trial \d+ is of a program/);
});

test.each([
  [{ expectedInterval: [1, 2] }, /needs the effect/],
  [{ expected: 3, expectedInterval: [1, 2] }, /outside its own interval/],
  [{ expected: Number.POSITIVE_INFINITY }, /expected number/],
  [{ hypothesis: ' ' }, /Too small/],
  [{ hypothesis: 'x'.repeat(2_001) }, /Too big/],
  [{ surprise: 1 }, /Unrecognized/],
])('no prediction: %j', (more, why) => {
  const read = steering.safeParse(handed(1, more));
  expect(read.error?.issues.map(({ message }) => message).join()).toMatch(why);
});

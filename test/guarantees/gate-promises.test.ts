/** What the gatekeeper promised is kept, and a ledger in which it was not is found out. */
import { expect, test } from 'vitest';
import type { EventBody, EventDraft, StoredEvent } from '../../src/core/events.ts';
import { type GateRow, gateGenesis, nextGateRow } from '../../src/core/gate-chain.ts';
import { sha256 } from '../../src/core/hash.ts';
import type { Plan } from '../../src/loop/plan.ts';
import { memoryGate } from '../../src/testing/memory-gate.ts';
import { smallPlan } from '../../src/testing/small-study.ts';
import { draftOf } from './fixtures/small-run.ts';
import { runningClock, runSteered, verifySteered } from './fixtures/steered-run.ts';

const SECRET = 'small';
const COMMIT = sha256(SECRET);

function planWith(rows: GateRow[]): Plan {
  const gated = { store: memoryGate(COMMIT, rows) };
  const clock = runningClock();
  return smallPlan({ clock, budget: { trials: 30 }, secret: SECRET, gated });
}

const ROWS: GateRow[] = [];
const plan = planWith(ROWS);
const whole = await runSteered({ plan, say: [] });

const wordsOf = async (drafts: readonly EventDraft[], gateRows: readonly GateRow[]) =>
  (await verifySteered(plan, drafts, { gateRows })).words;

test('a study whose gates kept what they promised holds', async () => {
  expect(whole.events.some(({ type }) => type === 'candidate.promoted')).toBe(true);
  expect(await wordsOf(whole.events.map(draftOf), ROWS)).toBe('');
});

/** The gate wrote something else about every verdict, and its chain and the ledger were written to match. */
function rewritten(change: (body: Record<string, unknown>) => Record<string, unknown>) {
  let before = gateGenesis(COMMIT);
  const names = new Map<string, string>();
  const rows = ROWS.map(({ entry, kind, body, hash }) => {
    const said = JSON.parse(body);
    const row = { entry, kind, body: JSON.stringify(kind === 'verdict' ? change(said) : said) };
    const made = nextGateRow(before, row);
    before = made.hash;
    names.set(hash, made.hash);
    return made;
  });
  const renamed = (event: StoredEvent): EventDraft => {
    const text = JSON.stringify(draftOf(event));
    return JSON.parse([...names].reduce((all, [was, is]) => all.replaceAll(was, is), text));
  };
  return wordsOf(whole.events.map(renamed), rows);
}

test('planted: a pass that rests on no check at all is found', async () => {
  expect(await rewritten((body) => ({ ...body, findings: [] }))).toContain(
    'Its findings give "deferred", not "pass"',
  );
});

test('planted: a pass without a check that the study promised is found', async () => {
  const asAnother = (body: Record<string, unknown>) => ({
    ...body,
    findings: (body['findings'] as object[]).map((one) => ({ ...one, check: 'C2' })),
  });
  expect(await rewritten(asAnother)).toContain('Its findings give "deferred", not "pass"');
});

test('planted: a verdict of another gate than the one that joined is found', async () => {
  expect(await rewritten((body) => ({ ...body, digest: sha256('another gate') }))).toContain(
    'Another gate judged it than the one that joined',
  );
});

/** The ledger alone, whose verdicts name so many cases of each property, in turn. */
function naming(...cases: readonly number[]) {
  let judged = 0;
  const drafts = whole.events.map((event) => {
    const draft = draftOf(event);
    if (draft.type === 'study.opened') {
      const gates = { ...draft.body.gates, caseRule: { cpuMs: 6_000, least: 99, most: 3_000 } };
      return { ...draft, body: { ...draft.body, gates } } as EventDraft;
    }
    if (draft.type !== 'gate.judged') return draft;
    return { ...draft, body: { ...draft.body, propertyCases: cases[judged++ % cases.length] } };
  });
  return verifySteered(plan, drafts as readonly EventDraft[], {});
}

test('planted: verdicts on another number of cases than their rule allows, or than one another, are found without the record too', async () => {
  expect(whole.events.filter(({ type }) => type === 'gate.judged').length).toBeGreaterThan(1);
  expect((await naming(99)).words).not.toMatch(/cases of each property/);
  expect((await naming(98)).words).toMatch(/names 98 cases of each property; .* 99 to 3000/);
  expect((await naming(300, 299)).words).toMatch(/names 299 cases .*, and one before 300/);
});

test('planted: a verdict of which the evidence is gone is found', async () => {
  const lost = new Set(ROWS.flatMap(({ kind, hash }) => (kind === 'verdict' ? [hash] : [])));
  const { words } = await verifySteered(plan, whole.events.map(draftOf), { gateRows: ROWS, lost });
  expect(words).toContain('nothing stands behind that verdict');
});

const SAFETY = /^(gatekeeper|gate|audit|pace|approval|root|incident)\./;

test('planted: a history written anew as if no gates had ever been promised is found by the gate’s record', async () => {
  const drafts = whole.events.flatMap((event) => {
    if (SAFETY.test(event.type)) return [];
    const draft = draftOf(event);
    if (draft.type !== 'study.opened') return [draft];
    const { gates: _, ...body } = draft.body as EventBody['study.opened'];
    return [{ ...draft, body } as EventDraft];
  });
  expect(await wordsOf(drafts, ROWS)).toContain('promised no gates');
});

test('planted: killed between its goodbye and the end, a study judges nothing under a secret that was told', async () => {
  const rows: GateRow[] = [];
  const begun = planWith(rows);
  const opened = whole.events.filter(
    ({ seq }) => seq < (whole.events.find(({ type }) => type === 'trial.settled')?.seq ?? 0),
  );
  const left = whole.events.find(({ type }) => type === 'gatekeeper.left');
  if (left === undefined) throw new Error('it never left');
  const run = await runSteered({ plan: begun, say: [], from: [...opened, left] });
  const after = run.events.slice(opened.length + 1);
  expect(after.map(({ type }) => type)).not.toContain('gate.judged');
  expect(after.map(({ type }) => type)).not.toContain('trial.settled');
  expect(run.study.state.closed).toBeDefined();
});

test('planted: a verdict after the secret was told is found', async () => {
  const left = whole.events.find(({ type }) => type === 'gatekeeper.left');
  const at = whole.events.findIndex(({ type }) => type === 'gate.judged');
  if (left === undefined || at < 0) throw new Error('nothing was judged');
  const drafts = [...whole.events.slice(0, at), left, ...whole.events.slice(at)].map(draftOf);
  expect(await wordsOf(drafts, ROWS)).toContain('The gatekeeper had told its secret before');
});

test('planted: a gatekeeper that comes back with another secret does not join', async () => {
  const from = whole.events.slice(
    0,
    whole.events.findIndex(({ type }) => type === 'gate.judged'),
  );
  const again = planWith([]);
  const { gatekeeper } = again;
  if (gatekeeper === undefined) throw new Error('no gatekeeper');
  const join = async () => ({
    ...(await gatekeeper.join(undefined)),
    secretCommit: sha256('another'),
  });
  const other = { ...again, gatekeeper: { ...gatekeeper, join } };
  await expect(runSteered({ plan: other, say: [], from })).rejects.toMatchObject({
    code: 'GATE_STORE',
  });
});

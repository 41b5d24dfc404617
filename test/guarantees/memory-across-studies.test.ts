import { describe, expect, test } from 'vitest';
import { type Config, configSchema } from '../../src/app/config-schema.ts';
import { kept } from '../../src/app/improvers/store.ts';
import { fromImprover } from '../../src/app/improvers/use.ts';
import { deriveMemory } from '../../src/app/memory/derive.ts';
import { lessonLines } from '../../src/app/memory/lesson-words.ts';
import { type MemoryRecord, recordId } from '../../src/app/memory/record.ts';
import { taskOf } from '../../src/app/memory/task-of.ts';
import { lessonsFor, memoryFor, withMemory } from '../../src/app/memory/use.ts';
import type { StoredEvent } from '../../src/core/events.ts';
import { sha256 } from '../../src/core/hash.ts';
import { memoryHash } from '../../src/core/memory.ts';
import { bareImprover } from '../../src/improver/artifact.ts';
import { refusedCandidate } from '../../src/loop/hand-written.ts';
import type { Plan } from '../../src/loop/plan.ts';
import { listProposer } from '../../src/proposers/scripted.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { smallPlan } from '../../src/testing/small-study.ts';
import { continueFrom, runSmall, settledIn } from './fixtures/small-run.ts';
import { edited, rowsOfPlan, verifyRows } from './fixtures/verified-study.ts';

/** Thirty hopeless ones, nine that are equal to the origin, one that is better. */
const LIST = Array.from({ length: 40 }, (_, trial) => {
  const effect = trial === 17 ? 6 : trial % 4 === 3 ? 0 : -9;
  const text = JSON.stringify({ trial, effect });
  return { text, operator: effect < 0 ? 'worse' : 'other', key: sha256(text), size: 1 };
});

function planWith(seed: string, memory?: Plan['opened']['memory']): Plan {
  const plan = smallPlan({
    clock: manualClock(),
    seed,
    secret: seed,
    budget: { trials: 110 },
    proposers: [listProposer(LIST)],
  });
  return memory ? { ...plan, opened: { ...plan.opened, memory } } : plan;
}

const HEAD = { seq: 1, hash: sha256('head') };
async function left(events: readonly StoredEvent[], study = 'first'): Promise<MemoryRecord> {
  const pages = (async function* () {
    yield events;
  })();
  const record = await deriveMemory(pages, { study, head: HEAD });
  if (record === undefined) throw new Error('it is not closed');
  return record;
}
const remembered = (record: MemoryRecord, isForgotten = false) => ({
  id: recordId(record),
  record,
  isForgotten,
});

const FIRST = await runSmall(planWith('first'));
const RECORD = await left(FIRST.events);
const MEMORY = memoryFor(planWith('second').opened, [remembered(RECORD)]);
const SECOND = await runSmall(planWith('second', MEMORY));
const ROWS = await rowsOfPlan(planWith('second', MEMORY));

const DEAD = new Set(RECORD.deadEnds.map(({ key }) => key));
/** Trials that were paid for although an earlier study had found that they lead nowhere. */
const repeats = (events: readonly StoredEvent[]): number =>
  settledIn(events).filter(({ body }) => body.evals > 0 && DEAD.has(body.key)).length;

describe('a later study of the same task', () => {
  test('repeats no dead end, in no arm; without memory it repeats them all', async () => {
    const without = await runSmall(planWith('second'));
    expect(DEAD.size).toBeGreaterThan(20);
    expect(repeats(without.events)).toBeGreaterThanOrEqual(DEAD.size);
    expect(repeats(SECOND.events)).toBe(0);
    const arms = new Set(settledIn(SECOND.events).map(({ body }) => body.arm));
    expect(arms.size).toBe(2);
  });

  test('still finds what is better', () => {
    expect(SECOND.study.state.promotions).toBe(1);
  });

  test('records a dead end that is proposed all the same as a duplicate without cost, and whence', async () => {
    const only = LIST.filter(({ key }) => DEAD.has(key)).slice(0, 1);
    const open = LIST.filter(({ key }) => !DEAD.has(key)).slice(0, 1);
    const proposers = [{ ...listProposer([...only, ...open]), isExhausted: () => false }];
    const plan = smallPlan({
      clock: manualClock(),
      seed: 'third',
      budget: { trials: 12 },
      proposers,
    });
    const { events } = await runSmall({ ...plan, opened: { ...plan.opened, memory: MEMORY } });
    const known = settledIn(events).filter(({ body }) => DEAD.has(body.key));
    for (const { body } of known) {
      expect(body).toMatchObject({ end: 'duplicate', evals: 0, remembered: 'first' });
    }
    expect(known.length).toBeGreaterThan(0);
  });

  test('continues as it began, whatever the folder holds by then', async () => {
    const cut = SECOND.events.findIndex(({ trial }) => trial === 9);
    const resumed = await continueFrom(planWith('second'), SECOND.events.slice(0, cut));
    expect(repeats(resumed.events)).toBe(0);
    expect(resumed.logical).toBe(SECOND.logical);
  });
});

describe('what a closed study leaves', () => {
  test('follows from its entries alone', async () => {
    expect(recordId(await left(FIRST.events))).toBe(recordId(RECORD));
    const open = FIRST.events.filter(({ type }) => type !== 'study.closed');
    await expect(left(open)).rejects.toThrow('not closed');
  });

  test('names what is worse than the origin, and not what is better', () => {
    const worse = LIST.filter(({ operator }) => operator === 'worse');
    expect(worse.filter(({ key }) => !DEAD.has(key))).toEqual([]);
    expect(DEAD.has(LIST[17]?.key ?? '')).toBe(false);
    for (const { gain, n } of RECORD.deadEnds) {
      expect(gain[1]).toBeLessThanOrEqual(0);
      expect(n).toBeGreaterThan(0);
    }
  });

  test('says what paid, how often, and what was left of the gain a screen saw', () => {
    const { lessons, effects } = RECORD;
    const trials = settledIn(FIRST.events).filter(({ body }) => body.arm === 'main').length;
    expect(lessons.reduce((sum, one) => sum + one.trials, 0)).toBe(trials);
    expect(lessons[0]).toMatchObject({ operator: 'other', promoted: 1 });
    expect(effects.gains).toHaveLength(1);
    expect(effects.shrinkage.length).toBeGreaterThan(0);
  });
});

describe('whose memory it is', () => {
  const { opened } = planWith('other');

  test('of another task none is taken over', () => {
    const all = [remembered(RECORD)];
    for (const other of ['origin', 'evaluator', 'task'] as const) {
      expect(memoryFor({ ...opened, [other]: sha256('another') }, all)).toBeUndefined();
    }
    const metric = { ...opened.metric, goal: 'min' as const };
    expect(memoryFor({ ...opened, metric }, all)).toBeUndefined();
    expect(memoryFor(opened, all)?.deadEnds).toHaveLength(DEAD.size);
  });

  test('of what was forgotten none, nor of what another study of the task promoted', () => {
    expect(memoryFor(opened, [remembered(RECORD, true)])).toBeUndefined();
    const [dead] = RECORD.deadEnds;
    const gains = [{ key: dead?.key ?? '', gain: 1, n: 20 }];
    const better = { ...RECORD, study: 'later', effects: { gains, shrinkage: [] } };
    const keys = memoryFor(opened, [remembered(RECORD), remembered(better)])?.deadEnds ?? [];
    expect(keys.map(([key]) => key)).not.toContain(dead?.key);
    expect(keys).toHaveLength(DEAD.size - 1);
  });

  test('one crash may be the machine’s; the second time it counts', () => {
    const crashed = { ...RECORD, deadEnds: [], failed: [{ key: 'k', times: 1 }] };
    const again = { ...crashed, study: 'again' };
    expect(memoryFor(opened, [remembered(crashed)])).toBeUndefined();
    expect(memoryFor(opened, [remembered(crashed), remembered(again)])?.deadEnds).toEqual([
      ['k', 0],
    ]);
  });
});

describe('verify', () => {
  test('finds nothing wrong with a study that remembers', async () => {
    expect((await verifyRows(ROWS)).findings).toEqual([]);
  });

  type Body = { memory: NonNullable<typeof MEMORY>; remembered?: string };
  const FAULTS: readonly (readonly [string, string, (body: Body) => void])[] = [
    [
      'a dead end added afterwards',
      'study.opened',
      ({ memory }) => {
        (memory.deadEnds as unknown[]).push(['planted', 0]);
      },
    ],
    [
      'a dead end of a study that is not named',
      'study.opened',
      ({ memory }) => {
        (memory.deadEnds as unknown[]).push(['planted', 7]);
        Object.assign(memory, { hash: memoryHash(memory) });
      },
    ],
    [
      'a trial that says it is known from elsewhere',
      'trial.settled',
      (body) => {
        body.remembered = 'nowhere';
      },
    ],
  ];
  test.each(FAULTS)('planted: %s', async (_, type, edit) => {
    const row = ROWS.find((one) => one.type === type);
    if (row === undefined) throw new Error(`no ${type}`);
    const { findings } = await verifyRows(edited(ROWS, row, edit as (body: object) => void));
    expect(findings.map(({ seq, kind }) => `${seq} ${kind}`)).toContain(`${row.seq} decision`);
  });

  test('planted: a dead end that was measured all the same', async () => {
    const measured = settledIn(SECOND.events).find(({ body }) => body.end === 'discarded');
    const memory = {
      from: [{ study: 'first', record: recordId(RECORD) }],
      deadEnds: [[measured?.body.key ?? '', 0]] as const,
    };
    const [row] = ROWS;
    if (row === undefined) throw new Error('no entries');
    const { findings } = await verifyRows(
      edited(ROWS, row, (body) =>
        Object.assign(body, { memory: { hash: memoryHash(memory), ...memory } }),
      ),
    );
    expect(findings.map(({ detail }) => detail).join('\n')).toContain(
      'its screen gives "duplicate"',
    );
  });
});

describe('a study under an improver that knows dead ends of its task', () => {
  const bare = { taste: { use: 'uniform' }, proposers: [{ use: 'llm' }] } as unknown as Config;
  const task = taskOf(planWith('under').opened).id;
  const knowing = (of: string) =>
    kept({
      ...bareImprover('numbers'),
      lessons: ['worse is worse\u202e', 'worse is worse\u202e', 'x'.repeat(2000)],
      deadEnds: [...DEAD].map((key) => ({ key, task: of, why: 'measured in first' })),
      prompts: { task: 'Improve {{task}}.' },
    });
  const improver = knowing(task);
  const under = (found = improver): Plan => {
    const plan = planWith('under');
    return { ...plan, opened: { ...plan.opened, ...fromImprover(plan.opened, bare, found) } };
  };

  test('pays for none of them again, where without it each is paid for', async () => {
    const [without, withIt] = [await runSmall(planWith('under')), await runSmall(under())];
    expect(repeats(without.events)).toBeGreaterThanOrEqual(DEAD.size);
    expect(repeats(withIt.events)).toBe(0);
    expect(withIt.study.state.promotions).toBe(1);
    expect((await verifyRows(await rowsOfPlan(under()))).findings).toEqual([]);
  });

  test('of another task nothing is remembered', () => {
    expect(under(knowing(sha256('another'))).opened.memory).toBeUndefined();
  });

  test('says in its first entry what it uses: lessons on a line each and bounded, prompts by name', () => {
    const { opened } = under();
    expect(opened.improver).toMatchObject({ id: improver.id, prompts: ['task'] });
    expect(opened.lessons?.[0]).toBe('worse is worse\ufffd');
    expect(opened.lessons?.[1]).toHaveLength(301);
    expect(opened.reproducible).toBe('rerun');
    const uses = [{ use: 'genetic' }] as unknown as Config['proposers'];
    const silent = fromImprover(opened, { ...bare, proposers: uses }, improver);
    expect(silent.improver?.prompts).toBeUndefined();
  });

  test('adds what memory: on finds, and believes a promotion before a dead end', () => {
    const { opened } = under();
    const known = RECORD.deadEnds.slice(0, 3);
    const key = [...DEAD].at(-1) ?? '';
    const effects = { gains: [{ key, gain: 1, n: 20 }], shrinkage: [] };
    const both = memoryFor(opened, [remembered({ ...RECORD, deadEnds: known, effects })]);
    expect(both?.from.map(({ isImprover }) => isImprover ?? false)).toEqual([true, false]);
    expect(both?.deadEnds).toHaveLength(DEAD.size - 1);
    expect(both?.deadEnds.map(([one]) => one)).not.toContain(key);
    const ofImprover = both?.deadEnds.filter(([, at]) => at === 0) ?? [];
    expect(ofImprover).toHaveLength(DEAD.size - 1 - known.length);
  });

  test('planted: dead ends of an improver that it does not run under', async () => {
    const rows = await rowsOfPlan(under());
    const [row] = rows;
    if (row === undefined) throw new Error('no entries');
    const { findings } = await verifyRows(
      edited(rows, row, (body) => {
        (body as { improver: { id: string } }).improver.id = sha256('another');
      }),
    );
    expect(findings.map(({ detail }) => detail).join()).toContain('does not run under');
  });
});

test('lessons of memory are told where a proposer writes by prompts: of the task first, with n and interval', () => {
  const { opened } = planWith('told');
  const related = { ...RECORD, study: 'related', task: { ...RECORD.task, id: sha256('other') } };
  const all = [remembered(related), remembered(RECORD)];
  const of = (use: string) =>
    lessonsFor(opened, { proposers: [{ use }] as unknown as Config['proposers'] }, all);
  expect(of('genetic')).toBeUndefined();
  const told = of('llm') ?? [];
  expect(told[0]).toMatch(/^In "first", task .*: .* trials promoted \(95 % interval .* to .* %\)/);
  expect(told.findIndex((one) => one.includes('"related"'))).toBe(lessonLines(RECORD).length);
  expect(lessonsFor(opened, { proposers: [] }, all)).toBeUndefined();
});

test('a person may hand in what is remembered as a dead end, and not what this study tried', () => {
  const plan = planWith('second', MEMORY);
  const textOf = (isDead: boolean): string =>
    LIST.find(({ key, text }) => DEAD.has(key) === isDead && !text.includes(':17,'))?.text ?? '';
  const refused = (text: string) => refusedCandidate(plan, SECOND.study.state, { by: 'ada', text });
  expect(refused(textOf(true)) ?? '').not.toContain('tried already');
  expect(refused(textOf(false))).toContain('tried already');
});

test('studies that are pairs of a set learn nothing from each other', async () => {
  const config = (memory: 'on' | 'off', design?: 'paired') =>
    configSchema.safeParse({
      name: 'pairs',
      kind: 'code',
      surface: { edit: ['main.mjs'] },
      evaluator: {
        command: 'node judge.mjs',
        class: 'split',
        metrics: [{ name: 'score', goal: 'max', unit: 'points' }],
      },
      proposers: [{ use: 'genetic' }],
      budget: { trials: 10 },
      memory,
      control: design ? { design } : {},
    });
  expect(config('on').error).toBeUndefined();
  expect(config('off', 'paired').error).toBeUndefined();
  const refused = config('on', 'paired').error?.issues;
  expect(refused?.map(({ path }) => path.join('.'))).toEqual(['memory']);
  const { data } = config('off', 'paired');
  if (data === undefined) throw new Error('it was refused');
  // A comparison sets the design itself, after the config was read.
  const plan = planWith('pair');
  expect(await withMemory('/nowhere', { ...data, memory: 'on' }, plan)).toBe(plan);
});

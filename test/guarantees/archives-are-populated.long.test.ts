/**
 * Peers shipped archives that nobody noticed were empty: every child on one island, a feature map
 * that nothing was ever placed on. Here whole studies run from the command line, and what their
 * ledgers say was admitted must have spread; the same check is shown to notice both failures.
 */
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Archive } from '../../src/archives/contract.ts';
import { islandOf } from '../../src/archives/islands.ts';
import { paretoArchive } from '../../src/archives/pareto.ts';
import type { EventBody, StoredEvent } from '../../src/core/events.ts';
import type { Ledger } from '../../src/stores/contract.ts';
import { sqliteStore } from '../../src/stores/sqlite.ts';
import { manualClock } from '../../src/testing/manual-clock.ts';
import { verifyLedger } from '../../src/verify/ledger.ts';
import { cli, configWith, exampleFolder } from '../cli/fixtures/cli.ts';

const TRIALS = 80;
const ISLANDS = 4;
const ISLANDS_CONFIG = `archive: { use: islands, count: ${ISLANDS}, migrateEvery: 20 }`;
const MAP_CONFIG = `archive:
  use: map-elites
  axes:
    - { measure: size, min: 1, max: 60, bins: 6 }
    - { measure: choice.priority.slack, min: 0, max: 1, bins: 5 }`;

interface Ran {
  readonly folder: string;
  readonly id: string;
  readonly opened: EventBody['study.opened'];
  readonly settled: readonly StoredEvent<'trial.settled'>[];
}

function open(folder: string, id: string): Promise<Ledger> {
  const store = sqliteStore({ directory: join(folder, '.paceline'), clock: manualClock() });
  return store.open(id, 'read');
}

async function ran(archive: string): Promise<Ran> {
  const yaml = configWith(/proposers:[\s\S]*?\n(?=\S)/, `proposers: [genetic]\n${archive}\n`);
  const folder = exampleFolder({ 'paceline.yaml': yaml });
  const run = await cli(folder, 'run', '--json', '--quiet', '--trials', `${TRIALS}`);
  expect(run.stderr).toBe('');
  const { study } = run.json() as unknown as { study: string };
  const ledger = await open(folder, study);
  const events: StoredEvent[] = [];
  for await (const page of ledger.read(0)) events.push(...page);
  await ledger.close();
  const [first] = events;
  if (first?.type !== 'study.opened') throw new Error('the study was never opened');
  const settled = events.filter((event) => event.type === 'trial.settled');
  return { folder, id: study, opened: first.body, settled };
}

/** Islands on which a trial of the main arm was admitted. */
function populated({ settled }: Pick<Ran, 'settled'>, home: (trial: number) => number): number {
  const admitted = settled.filter(({ body }) => body.admitted && body.arm === 'main');
  return new Set(admitted.map(({ trial = -1 }) => home(trial))).size;
}

/** Different bins along each axis, over the admitted trials. */
function binsUsed({ opened, settled }: Pick<Ran, 'opened' | 'settled'>): readonly number[] {
  const { archive } = opened;
  if (archive?.use !== 'map-elites') return [];
  const admitted = settled.filter(({ body }) => body.admitted);
  return archive.axes.map(({ min, max, bins }, axis) => {
    const used = admitted.flatMap(({ body }) => {
      const at = body.measures?.[axis];
      return at == null ? [] : [Math.floor(((at - min) / (max - min)) * bins)];
    });
    return new Set(used).size;
  });
}

describe('islands', () => {
  let study: Ran;
  beforeAll(async () => {
    study = await ran(ISLANDS_CONFIG);
  }, 60_000);
  const home = (trial: number): number => islandOf(trial, ISLANDS);

  test('the ledger says which archive decided', () => {
    expect(study.opened.archive).toEqual({ use: 'islands', count: ISLANDS, migrateEvery: 20 });
  });

  test('every island has candidates of its own', () => {
    expect(populated(study, home)).toBe(ISLANDS);
  });

  test('all children on one island would be noticed', () => {
    expect(populated(study, () => 0)).toBe(1);
  });

  test('verify derives the admissions again, with islands', async () => {
    expect((await cli(study.folder, 'verify')).code).toBe(0);
  });

  test('with another archive than the one recorded, verify finds wrong admissions', async () => {
    const ledger = await open(study.folder, study.id);
    const { findings } = await verifyLedger(ledger, { archive: paretoArchive() as Archive });
    await ledger.close();
    expect(findings.map(({ detail }) => detail).join()).toMatch(/the archive as it stood/);
  });
});

describe('map-elites', () => {
  let study: Ran;
  beforeAll(async () => {
    study = await ran(MAP_CONFIG);
  }, 60_000);

  test('the admitted spread along every axis of the map', () => {
    for (const used of binsUsed(study)) expect(used).toBeGreaterThan(1);
    expect(binsUsed(study)).toHaveLength(2);
  });

  test('a map on which nothing is placed would be noticed', () => {
    const unplaced = study.settled.map((event) => ({
      ...event,
      body: { ...event.body, measures: [null, null] },
    }));
    expect(binsUsed({ ...study, settled: unplaced })).toEqual([0, 0]);
  });

  test('worse candidates enter where the map was empty', () => {
    const scores = study.settled.flatMap(({ body }) =>
      body.admitted && body.values.length > 0 ? [Number(body.values[0])] : [],
    );
    const isRecord = scores.map((score, i) => i === 0 || score < Math.min(...scores.slice(0, i)));
    expect(isRecord).toContain(false);
  });

  test('verify derives the admissions again, with the map', async () => {
    expect((await cli(study.folder, 'verify')).code).toBe(0);
  });
});

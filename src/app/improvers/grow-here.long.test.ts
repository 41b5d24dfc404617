/** What a lineage leaves for comparisons: one grower at a time, controls of the same total, tasks that are known again. */
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../test/cli/fixtures/cli.ts';
import type { Improver } from '../../improver/artifact.ts';
import { acquireLock } from '../../stores/study-lock.ts';
import { systemClock } from '../system-clock.ts';
import { generateTaskSet } from '../task-sets/generate.ts';
import type { TaskSet } from '../task-sets/schema.ts';
import { compareImprovers } from './compare/compare.ts';
import { linesOf } from './compare/lines.ts';
import { posed } from './compare/tasks.ts';
import { exportImprover, importImprovers } from './exchange.ts';
import { growHere } from './grow-here.ts';
import { findImprover, keepImprover, listImprovers } from './store.ts';
import { trainingOf } from './training.ts';

const signal = new AbortController().signal;

const grow = (root: string, other: Partial<Parameters<typeof growHere>[0]> = {}) =>
  growHere({
    root,
    from: 'bare',
    tasks: 'generated',
    seed: 3,
    generations: 1,
    budget: { unit: 'candidates', amount: 60_000 },
    seeds: 12,
    share: 0,
    controls: false,
    cpuMs: systemClock.cpuMs,
    signal,
    say: () => undefined,
    ...other,
  });

test('planted: another process grows here, and is named', async () => {
  const root = emptyFolder();
  const lock = acquireLock(join(root, '.paceline/improvers'), 'improvers', 0);
  await expect(grow(root)).rejects.toThrow(
    new RegExp(`Another process \\(process ${process.pid}\\) grows improvers in this folder`),
  );
  lock.release();
  expect(listImprovers(root)).toEqual([]);
});

const lineOf = (improvers: readonly { readonly improver: Improver }[], line: string) =>
  improvers.find(({ improver }) => trainingOf(improver)?.line === line);

test('a lineage from the expert has a control that begins there too, and is compared with it', async () => {
  const root = emptyFolder();
  const { start, last, controls } = await grow(root, { from: 'expert', controls: true });
  if (last === undefined) throw new Error('nothing was promoted');
  const own = lineOf(controls, 'control-start');
  expect(own?.improver.parent).toBe(start.id);
  expect(own?.improver.library.slice(0, 18)).toEqual(start.improver.library);
  expect(lineOf(controls, 'control')?.improver.generation).toBe(1);
  const { lines, missing } = await compareImprovers({
    root,
    first: start,
    second: last,
    tasks: 'generated',
    seeds: [500],
    budget: { unit: 'candidates', amount: 20_000 },
    cpuMs: systemClock.cpuMs,
    signal,
  });
  expect(missing).toEqual([]);
  expect(lines.map(({ line }) => line)).toContain('control-start');
  // Planted: the control of another lineage on the same tasks, which began elsewhere, is none of this one.
  const other = keepImprover(root, { ...last.improver, parent: bareId(root), lessons: ['other'] });
  const drawn = linesOf(start, other, { all: listImprovers(root), tasks: 'generated' });
  expect(drawn.beside.map(({ name }) => name)).not.toContain('control-start');
}, 600_000);

test('planted: tasks learned in a folder are known again where it was moved, on another machine too', async () => {
  const root = emptyFolder();
  const { set } = await generateTaskSet({ name: 'generated', seed: 4 }, signal);
  putTasks(root, 'mine', set);
  await grow(root, { tasks: 'mine', generations: 1 });
  const grown = listImprovers(root).at(-1);
  if (grown === undefined) throw new Error('nothing was tried');
  const file = join(root, 'lineage.json');
  exportImprover(root, grown, file);
  const elsewhere = emptyFolder();
  importImprovers(elsewhere, file);
  renameSync(join(root, 'mine'), join(elsewhere, 'yours'));
  // The training half is shown as if it were new.
  putTasks(elsewhere, 'yours', renamed(set));
  const posing = { tasks: 'yours', root: elsewhere, signal };
  const known = await posed({ ...posing, improvers: [findImprover(elsewhere, grown.id)] }, 1);
  const trained = set.groups[0]?.tasks.filter(({ split }) => split === 'train').length ?? 0;
  expect(trained).toBeGreaterThan(100);
  expect(known.known).toBe(trained);
  expect(known.unrecognised).toEqual([]);
  const fresh = await posed({ ...posing, improvers: [findImprover(elsewhere, 'bare')] }, 1);
  expect(fresh.known).toBe(0);
}, 600_000);

const bareId = (root: string): string => keepImprover(root, findImprover(root, 'bare').improver).id;

function putTasks(root: string, folder: string, set: TaskSet): void {
  mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, folder, 'tasks.json'), JSON.stringify(set));
}

const renamed = (set: TaskSet): TaskSet => ({
  ...set,
  groups: set.groups.map((group) => ({
    ...group,
    tasks: group.tasks.map((task, at) => ({ ...task, name: `t${at}`, split: 'held-out' })),
  })),
});

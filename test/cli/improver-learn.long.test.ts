/** A generation made of closed studies: what it knows, that the same studies give the same one, and what a study does with it. */
import { expect, test } from 'vitest';
import { createEngine } from '../../src/app/engine.ts';
import { exportImprover, importImprovers } from '../../src/app/improvers/exchange.ts';
import { learn } from '../../src/app/improvers/learn.ts';
import { findRemembered, forget, gatherMemory } from '../../src/app/memory/store.ts';
import { withSoundLedger } from '../../src/app/read-ledger.ts';
import { diffLines } from '../../src/cli/improver-text.ts';
import type { StoredEvent } from '../../src/core/events.ts';
import { diffImprovers } from '../../src/improver/diff.ts';
import { loadConfig, verifyStudy } from '../../src/index.ts';
import { SOURCE_CONFIG, sourceFolder } from './fixtures/source-task.ts';

const CONFIG = SOURCE_CONFIG.replace('trials: 8', 'trials: 40')
  .replace('{ use: scripted, folder: candidates }', '{ use: genetic }')
  .concat('\nlookahead: 1\n');

function studies(root: string) {
  const engine = createEngine({ root });
  return async (more: object): Promise<string> => {
    const { config } = loadConfig(`${root}/paceline.yaml`);
    const study = await engine.start({ ...config, ...more });
    await study.done;
    return study.id;
  };
}

async function entries(root: string, id: string): Promise<readonly StoredEvent[]> {
  return withSoundLedger({ root, id }, async (ledger) => {
    const all: StoredEvent[] = [];
    for await (const page of ledger.read(0)) all.push(...page);
    return all;
  });
}

test('what a study found is not tried again under the generation that learnt it', {
  timeout: 300_000,
}, async () => {
  const root = sourceFolder({ 'paceline.yaml': CONFIG });
  const run = studies(root);
  const first = await run({ seed: '1' });
  const { child, parent, studies: from } = await learn({ root, from: [first] });
  expect(parent.improver.generation).toBe(0);
  expect(child.improver).toMatchObject({ generation: 1, parent: parent.id });
  expect(from).toMatchObject([{ study: first, deadEnds: expect.any(Number) }]);
  expect(child.improver.lessons.join('\n')).toContain(`In "${first}"`);

  const dead = new Set(child.improver.deadEnds.map(({ key }) => key));
  expect(dead.size).toBeGreaterThan(2);
  const repeats = async (id: string): Promise<number> =>
    (await entries(root, id)).filter(
      ({ type, body }) => type === 'trial.settled' && body.evals > 0 && dead.has(body.key),
    ).length;
  const without = await run({ seed: '2' });
  const withIt = await run({ seed: '2', improver: child.id });
  expect(await repeats(without)).toBeGreaterThan(0);
  expect(await repeats(withIt)).toBe(0);
  const [opened] = await entries(root, withIt);
  expect(opened?.body).toMatchObject({
    improver: { id: child.id, generation: 1 },
    lessons: expect.any(Array),
    reproducible: 'rerun',
    memory: { from: [{ record: child.id, isImprover: true }] },
  });
  expect((await verifyStudy(root, withIt)).findings).toEqual([]);

  // The same studies, in any order and twice, are the same generation; a child of a child is another.
  const both = await learn({ root, from: [without, first, first], parent: 'bare' });
  expect((await learn({ root, from: [first, without], parent: 'bare' })).child.id).toBe(
    both.child.id,
  );
  const next = await learn({ root, from: [withIt] });
  expect(next.parent.id).toBe(child.id);
  expect(next.child.improver.generation).toBe(2);
  expect(next.child.improver.lessons).toEqual(expect.arrayContaining([...child.improver.lessons]));

  const shown = diffLines(diffImprovers(parent.improver, child.improver)).join('\n');
  expect(shown).toContain('+ lesson: In ');
  expect(shown).toContain(`+ ${dead.size} dead ends`);

  // What it knows goes where the studies are not.
  exportImprover(root, child, `${root}/child.json`);
  const other = sourceFolder({ 'paceline.yaml': CONFIG });
  importImprovers(other, `${root}/child.json`);
  const there = await studies(other)({ seed: '3', improver: child.id });
  const [begun] = await entries(other, there);
  expect(begun?.body).toMatchObject({ memory: { deadEnds: expect.any(Array) } });
});

test('nothing is learnt from what is open, unknown or forgotten, nor where there is nothing new', {
  timeout: 120_000,
}, async () => {
  const root = sourceFolder({ 'paceline.yaml': CONFIG });
  const run = studies(root);
  await expect(learn({ root, from: ['nobody'] })).rejects.toThrow('Name a closed study');
  const id = await run({ seed: '1' });
  const { child } = await learn({ root, from: [id] });
  await expect(learn({ root, from: [id], parent: child.id })).rejects.toThrow(
    'teach nothing that the parent does not know',
  );
  const { all } = await gatherMemory(root);
  forget(root, findRemembered(all, id));
  await expect(learn({ root, from: [id] })).rejects.toThrow(
    'taken back with paceline memory forget',
  );
});

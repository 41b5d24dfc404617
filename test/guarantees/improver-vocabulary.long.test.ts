/**
 * Macros of a generation in a whole study: the ledger names the generation and holds plain expressions alone, the
 * same seed proposes the same again, it verifies, and a study whose generation is gone does not go on without it.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadConfig } from '../../src/app/config.ts';
import { createEngine } from '../../src/app/engine.ts';
import { mineHere } from '../../src/app/improvers/mine-here.ts';
import { keepImprover, kept, listImprovers } from '../../src/app/improvers/store.ts';
import { withLedger } from '../../src/app/read-ledger.ts';
import { verifyStudy } from '../../src/app/verify-study.ts';
import type { EventBody } from '../../src/core/events.ts';
import { bareImprover } from '../../src/improver/artifact.ts';
import { withMacrosAdded } from '../../src/improver/vocabulary/mine.ts';
import { MAIN_ARM } from '../../src/loop/plan.ts';
import { CONFIG, exampleFolder } from '../cli/fixtures/cli.ts';

const GENETIC = CONFIG.replace(/ {2}- \{ use: cma-es.*\n/, '').replace('trials: 8', 'trials: 40');
const MACRO = {
  name: 'squeeze',
  type: 'real' as const,
  args: ['real' as const],
  body: ['tanh', ['sin', ['tanh', '#0']]] as ['tanh', ['sin', ['tanh', string]]],
};
const wave = (x: string) => `Math.tanh(Math.sin(Math.tanh(Math.sin(${x}))))`;
const WAVES = `export function priority(item: number, slack: number): number {
  return finite(${wave('slack')} + ${wave('item')});
}

export function openNew(item: number): number {
  return -1000000000;
}

function finite(v: number): number {
  return Number.isNaN(v) ? 0 : Math.max(-1e300, Math.min(1e300, v));
}
`;
const learnt = withMacrosAdded(bareImprover('numbers'), [MACRO], null);

async function studied(root: string, improver?: string) {
  const { config } = loadConfig(join(root, 'paceline.yaml'));
  const study = await createEngine({ root }).start({
    ...config,
    ...(improver ? { improver } : {}),
  });
  await study.done;
  let opened: EventBody['study.opened'] | undefined;
  const trials: EventBody['trial.settled'][] = [];
  await withLedger({ root, id: study.id }, async (ledger) => {
    for await (const page of ledger.read(0, { types: ['study.opened', 'trial.settled'] }))
      for (const event of page) {
        if (event.type === 'study.opened') opened = event.body;
        if (event.type === 'trial.settled') trials.push(event.body);
      }
  });
  return { id: study.id, opened, trials };
}

test('a study under a generation with macros', { timeout: 600_000 }, async () => {
  const root = exampleFolder({
    'paceline.yaml': GENETIC,
  });
  mkdirSync(join(root, 'candidates/waves/origin'), { recursive: true });
  writeFileSync(join(root, 'candidates/waves/origin/priority.ts'), WAVES);
  keepImprover(root, bareImprover('numbers'));
  const { id: improver } = keepImprover(root, learnt);
  const first = await studied(root, improver);
  expect(first.opened?.improver).toEqual({ id: improver, generation: 1 });
  const used = first.trials.filter(({ operator }) => operator === 'instance');
  expect(used.length).toBeGreaterThan(0);
  expect(new Set(used.map(({ arm }) => arm))).toEqual(new Set([MAIN_ARM]));
  expect(first.trials.some(({ text }) => text.includes('["tanh",["sin",["tanh",'))).toBe(true);
  for (const { text } of first.trials) expect(text).not.toMatch(/squeeze|#0/);
  expect((await verifyStudy(root, first.id)).findings).toEqual([]);

  const again = await studied(root, improver);
  expect(again.trials.map(({ text }) => text)).toEqual(first.trials.map(({ text }) => text));

  const plain = await studied(root);
  expect(plain.opened?.improver).toBeUndefined();
  expect(plain.trials.some(({ operator }) => operator === 'instance')).toBe(false);

  const mine = { root, from: 'bare', most: 6 };
  await expect(mineHere({ ...mine, studies: [first.id, again.id] })).rejects.toThrow(
    'are of one task',
  );
  await expect(mineHere({ ...mine, studies: ['nowhere'] })).rejects.toThrow('nowhere');
  // What scripted studies of two tasks share, as the ledgers have it.
  const scripted = GENETIC.replace('{ use: genetic }', '{ use: scripted, folder: candidates }');
  const or3 = scripted.replace('family: weibull', 'family: or3');
  const pair: Awaited<ReturnType<typeof studied>>[] = [];
  for (const config of [scripted, or3]) {
    writeFileSync(join(root, 'paceline.yaml'), config);
    pair.push(await studied(root, improver));
  }
  const ids = pair.map(({ id }) => id);
  const mined = await mineHere({ ...mine, studies: [...ids, ...ids] });
  expect(mined.studies.map(({ study }) => study)).toEqual(ids);
  expect(mined.made?.macros.map(({ expanded }) => expanded)).toEqual([
    'Math.tanh(Math.sin(Math.tanh(Math.sin(#0))))',
  ]);
  // In its parent's words that is squeeze(sin(#0)), which is too short for a name: 3 nodes less 1, 1 and 1.
  const on = await mineHere({ root, from: improver, most: 6, studies: ids });
  expect(on).not.toHaveProperty('made');
  expect(listImprovers(root).map(({ id }) => id)).toContain(mined.made?.id);

  rmSync(join(root, '.paceline/improvers'), { recursive: true });
  await expect(
    createEngine({ root }).start({ ...loadConfig(join(root, 'paceline.yaml')).config, improver }),
  ).rejects.toThrow('No improver here');
  expect(kept(learnt).id).toBe(improver);
});

/** All organisms of the corpus: minutes in jails. The figures are in bench/results/organisms.md. */
import { expect, test } from 'vitest';
import { readCorpus } from '../../src/app/corpus/cases.ts';
import type { Organism } from '../../src/app/organisms/run.ts';
import { summaryOf } from '../../src/app/organisms/summary.ts';
import { corpusFolder } from '../../src/app/qualification/own-folder.ts';
import { cli, emptyFolder } from './fixtures/cli.ts';

test('every organism is seen, every miss is named, and looks call nothing clean divergent', {
  timeout: 3_600_000,
}, async () => {
  const said = await cli(emptyFolder(), 'demo', 'organisms', '--json', '--quiet');
  expect(said.code, said.stderr).toBe(0);
  const json: Readonly<Record<string, unknown>> = said.json();
  const organisms = json['organisms'] as readonly Organism[];
  const planted = readCorpus(`${corpusFolder()}/blind`)
    .flatMap(({ cases }) => cases)
    .filter(({ truth }) => truth !== undefined);
  expect(organisms.map(({ id }) => id)).toEqual(planted.map(({ id }) => id).sort());
  const { all, falseAlarms, roc } = summaryOf(organisms);
  expect(json['misses']).toHaveLength(all.either.of - all.either.count);
  expect(falseAlarms?.divergence.count).toBe(0);
  // Better than a coin, with 95 %.
  expect(roc.floor.interval?.[0]).toBeGreaterThan(0.5);
  expect(organisms.filter(({ divergence }) => divergence.lost > 0)).toEqual([]);
});

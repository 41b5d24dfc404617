import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { encodeForest } from '../../src/lang/codec.ts';
import { constant } from '../../src/lang/forest.ts';
import { agentProposer } from '../../src/proposers/agent.ts';
import { sourceTunable } from '../../src/proposers/cma-es/source-tunable.ts';
import { cmaEsProposer } from '../../src/proposers/cma-es.ts';
import { commandProposer } from '../../src/proposers/command.ts';
import type { Proposer } from '../../src/proposers/contract.ts';
import { forestGenome } from '../../src/proposers/genetic/forest-genome.ts';
import { sourceGenome } from '../../src/proposers/genetic/source-genome.ts';
import { geneticProposer } from '../../src/proposers/genetic.ts';
import { libraryProposer } from '../../src/proposers/library.ts';
import { llmProposer } from '../../src/proposers/llm.ts';
import { localSearchProposer } from '../../src/proposers/local-search.ts';
import { noOpProposer } from '../../src/proposers/no-op.ts';
import { randomConstants, randomPrograms, randomStarts } from '../../src/proposers/random.ts';
import { listProposer, scriptedProposer } from '../../src/proposers/scripted.ts';
import {
  type ProposerSubject,
  proposerConformance,
} from '../../src/testing/proposer-conformance.ts';
import type { Suite } from '../../src/testing/suite.ts';
import { answering } from './fixtures/answering.ts';
import { asked } from './fixtures/asked.ts';
import { DATA, data, model } from './fixtures/data-program.ts';
import {
  cma,
  GENERATIONS,
  genetic,
  kind,
  openNew,
  originText,
  shared,
  situations,
  template,
  tunable,
  vocabulary,
} from './fixtures/forest-proposers.ts';
import { shortList } from './fixtures/short-list.ts';
import { inSource, languages, program } from './fixtures/source-program.ts';
import { working } from './fixtures/working.ts';

const suite: Suite = {
  test: (name, body) => test(name, body, 20_000),
  skip: (name, reason) => test.skip(`${name} (${reason})`, () => undefined),
};

const SUBJECTS: Readonly<Record<string, readonly ProposerSubject[]>> = {
  'agent.ts': [1, 4].map((parallel) => ({
    ...inSource,
    create: () => agentProposer(working(parallel)) as Proposer,
  })),
  'cma-es.ts': [
    { ...shared, create: cma },
    {
      ...inSource,
      create: () =>
        cmaEsProposer({
          tunable: sourceTunable({ origin: program, languages }),
          lambda: 6,
          sigma: 0.5,
          generations: GENERATIONS,
        }) as Proposer,
    },
    {
      ...shared,
      create: () =>
        cmaEsProposer({
          tunable,
          lambda: 6,
          sigma: 0.5,
          generations: GENERATIONS,
          restarts: 'bipop',
        }) as Proposer,
    },
  ],
  'command.ts': [
    { ...inSource, create: () => commandProposer(answering(true)) as Proposer },
    { ...inSource, create: () => commandProposer(answering(false)) as Proposer },
  ],
  'genetic.ts': [
    { ...shared, create: genetic },
    {
      ...inSource,
      create: () => geneticProposer(sourceGenome({ origin: program, languages })) as Proposer,
    },
    {
      ...shared,
      create: () => geneticProposer(forestGenome({ vocabulary, origin: originText })) as Proposer,
    },
  ],
  'llm.ts': [1, 4].map((parallel) => ({
    ...inSource,
    create: () => llmProposer(asked(parallel)) as Proposer,
  })),
  'local-search.ts': [
    {
      ...data,
      create: () =>
        localSearchProposer({ ...model, origin: DATA, hops: 2, patience: 1 }) as Proposer,
    },
  ],
  'no-op.ts': [
    {
      ...shared,
      create: () => noOpProposer({ origin: originText, size: kind.size(originText) }) as Proposer,
      repeats:
        'the origin again and again, each time as a hypothesis of its own, is what it is for',
    },
  ],
  'random.ts': [
    { ...shared, create: () => randomPrograms({ vocabulary, situations }) as Proposer },
    { ...shared, create: () => randomPrograms({ vocabulary }) as Proposer },
    { ...shared, create: () => randomConstants({ template, sigma: 0.5 }) as Proposer },
    { ...data, create: () => randomStarts(model) as Proposer },
  ],
  'library.ts': [
    {
      ...shared,
      create: () =>
        libraryProposer(() =>
          shortList(kind).map((one) => ({ ...one, hypothesis: one.operator })),
        ) as Proposer,
    },
  ],
  'scripted.ts': [
    {
      ...shared,
      create: () =>
        scriptedProposer({
          textOf: (trial) => encodeForest({ slots: { priority: constant(trial), openNew } }),
        }) as Proposer,
      nodes: 'its texts are the caller’s and may be of any kind: every size is 1',
    },
    { ...shared, create: () => listProposer(shortList(kind)) as Proposer },
  ],
};

for (const [file, subjects] of Object.entries(SUBJECTS)) {
  for (const [i, subject] of subjects.entries()) {
    describe(`${file} ${i + 1}`, () => proposerConformance(suite, subject));
  }
}

test('every proposer has a row above', () => {
  const drivers = readdirSync(join(import.meta.dirname, '../../src/proposers'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter((name) => name !== 'contract.ts' && name !== 'taped.ts');
  expect(drivers.sort()).toEqual(Object.keys(SUBJECTS).sort());
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isThorough } from '../../test/thorough.ts';
import type { ArchiveView } from '../archives/contract.ts';
import { sha256 } from '../core/hash.ts';
import { publicRoot } from '../core/rng.ts';
import { EMPTY_PURSE } from '../core/spend.ts';
import { behaviourKey } from '../lang/behaviour.ts';
import { decodeForest, encodeForest } from '../lang/codec.ts';
import {
  apply,
  checkForest,
  constant,
  type Forest,
  type Node,
  treeSize,
  variable,
} from '../lang/forest.ts';
import { forestArbitrary, SAMPLE_VOCABULARY } from '../testing/forest-arbitrary.ts';
import type { AskRequest, Draft } from './contract.ts';
import { breeder } from './genetic/breed.ts';
import { forestGenome } from './genetic/forest-genome.ts';
import { newPortfolio, type PortfolioState } from './genetic/portfolio.ts';
import { hypothesisKey, textOf } from './genetic/reader.ts';
import { geneticProposer } from './genetic.ts';

const vocabulary = {
  slots: [
    { name: 'priority', inputs: ['item', 'slack'], result: 'real' },
    { name: 'openNew', inputs: ['item'], result: 'real' },
  ],
} as const;
const openNew = constant(-1e9);
const textWith = (priority: Node): string => encodeForest({ slots: { priority, openNew } });
const origin = textWith(apply('neg', [variable('slack')]));

/** Ten choices among four, as in bin packing. */
const cells = Array.from({ length: 40 }, (_, i) => i);
const columns = {
  item: Float64Array.from(cells, (i) => 10 + 6 * Math.floor(i / 4)),
  slack: Float64Array.from(cells, (i) => (i % 4) ** 2 * (1 + Math.floor(i / 4) / 3)),
};
const situations = { rows: { length: cells.length, columns }, groupSize: 4 };

const genome = forestGenome({ vocabulary, origin, situations });
const OPERATORS = genome.operators;
const proposer = geneticProposer(genome);
const ROOT = publicRoot('genetic proposer');

function archiveOf(texts: readonly string[]): ArchiveView {
  const elites = texts.map((text) => ({
    id: sha256(text),
    text,
    trial: 0,
    score: 0,
    n: 1,
    size: 1,
  }));
  return {
    size: elites.length,
    best: () => elites[0],
    pick: (rng) => (elites.length === 0 ? undefined : elites[rng.int(elites.length)]),
  };
}

function requestOf(trial: number, over: Partial<AskRequest> = {}): AskRequest {
  return {
    trial,
    rng: ROOT.stream(trial, 'ask'),
    archive: archiveOf([]),
    probe: { measure: () => Promise.reject(new Error('nothing is probed')) },
    fromOrigin: false,
    seen: () => false,
    purse: EMPTY_PURSE,
    signal: new AbortController().signal,
    ...over,
  };
}

function asks(trials: number, over: Partial<AskRequest>, state = proposer.init()): Draft[] {
  return Array.from(
    { length: trials },
    (_, trial) => proposer.ask(state, requestOf(trial, over)) as Draft,
  );
}

const index = (name: string): number => (OPERATORS as readonly string[]).indexOf(name);

/** A portfolio in which one operator alone has paid. */
const paid = (name: string): PortfolioState => {
  const { spent } = newPortfolio(OPERATORS.length);
  return {
    spent: spent.map(() => 500),
    gained: spent.map((_, i) => (i === index(name) ? 50 : 0)),
  };
};

describe('a draft', () => {
  const elites = [
    textWith(apply('*', [variable('item'), variable('slack')])),
    textWith(apply('max', [apply('sqrt', [variable('item')]), variable('slack')])),
  ];

  test('names its parents: elites or the origin, and the donor of a crossover', () => {
    const drafts = asks(300, { archive: archiveOf(elites) });
    const known = [origin, ...elites].map((text) => sha256(text));
    expect(new Set(drafts.flatMap(({ parents }) => parents))).toEqual(new Set(known));
    const direct = drafts.filter(({ considered }) => considered === 1);
    const crossed = direct.filter(({ parents }) => parents.length === 2);
    expect(new Set(crossed.map(({ operator }) => operator))).toEqual(
      new Set(['crossover', 'graft']),
    );
  });

  test('has a key that is new to the arm, or as a duplicate has cost many attempts', () => {
    const archive = archiveOf(elites);
    const known = new Set<string>();
    for (let trial = 0; trial < 200; trial++) {
      const seen = (key: string): boolean => known.has(key);
      const draft = proposer.ask(proposer.init(), requestOf(trial, { archive, seen })) as Draft;
      if (known.has(draft.key)) expect(draft.considered).toBeGreaterThan(10);
      known.add(draft.key);
    }
    const unaware = new Set(asks(200, { archive }).map(({ key }) => key));
    expect(known.size).toBeGreaterThan(1.5 * unaware.size);
  });

  test('is the last of its attempts when nothing is new', () => {
    const drafts = asks(50, { archive: archiveOf(elites), seen: () => true });
    expect(drafts.every(({ considered }) => considered > 5 && considered <= 20)).toBe(true);
    expect(new Set(drafts.map(({ text }) => text)).size).toBeGreaterThan(25);
  });

  test('never behaves as the origin does, which was measured before the first trial', () => {
    const keyOf = hypothesisKey(vocabulary, situations);
    const originKey = keyOf(decodeForest(origin, vocabulary), origin);
    expect(asks(300, {}).filter(({ key }) => key === originKey)).toEqual([]);
  });

  test('is the origin itself where no operator has anything to do', () => {
    const bare = { slots: [{ name: 'f', inputs: [], result: 'real' }] } as const;
    const { ask, init } = geneticProposer(
      forestGenome({ vocabulary: bare, origin: '{"f":["c",1]}' }),
    );
    const stuck = { int: () => 0, u32: () => 0, float: () => 0.5, normal: () => 0 };
    const rng = { ...stuck, fork: () => rng } as AskRequest['rng'];
    expect(ask(init(), requestOf(0, { rng }))).toMatchObject({ operator: 'none', considered: 1 });
  });
});

describe('keys', () => {
  const keyOf = hypothesisKey(vocabulary, situations);
  const keyWith = (priority: Node, key = keyOf): string => {
    const text = textWith(priority);
    return key(decodeForest(text, vocabulary), text);
  };
  const double = apply('*', [constant(2), apply('neg', [variable('slack')])]);

  test('are equal for equal decisions, and for equal texts without recorded ones', () => {
    expect(keyWith(double)).toBe(keyWith(apply('neg', [variable('slack')])));
    expect(keyWith(variable('slack'))).not.toBe(keyWith(double));
    const byText = hypothesisKey(vocabulary);
    expect(keyWith(double, byText)).not.toBe(keyWith(apply('neg', [variable('slack')]), byText));
    expect(keyWith(double, byText)).toBe(sha256(textWith(double)));
  });

  test('are those of the stored forest, its numbers rounded', () => {
    const near = (value: number): Forest => ({
      slots: { priority: apply('max', [variable('slack'), constant(value)]), openNew },
    });
    // A recorded slack, 4/3, lies between the number and its six digits.
    const exact = near(4 / 3 + 1e-9);
    const stored = decodeForest(encodeForest(exact), vocabulary);
    const slots = ['priority', 'openNew'];
    expect(behaviourKey(exact, { slots, situations })).not.toBe(
      behaviourKey(stored, { slots, situations }),
    );
    expect(keyOf(exact, '')).toBe(keyOf(stored, ''));
  });

  test('situations without an input of the language are refused', () => {
    const rows = { length: 40, columns: { slack: columns.slack } };
    const create = () =>
      geneticProposer(forestGenome({ vocabulary, origin, situations: { ...situations, rows } }));
    expect(create).toThrow(expect.objectContaining({ code: 'CONFIG_INVALID' }));
  });
});

describe('children', () => {
  const sample = encodeForest(sampleOf(variable('item')));
  const { child } = breeder(
    forestGenome({ vocabulary: SAMPLE_VOCABULARY, origin: sample }),
    sample,
  );

  function sampleOf(priority: Node): Forest {
    const accept = apply('lt', [variable('slack'), variable('age')]);
    return { slots: { priority, bias: variable('item'), accept } };
  }

  /** A tree of 2·leaves − 1 nodes. */
  const sumOf = (leaves: number): Node =>
    leaves === 1 ? constant(2) : apply('+', [variable('slack'), sumOf(leaves - 1)]);

  test.each([29, 50])('of a parent with %i leaves keep to 60 nodes or do not grow', (leaves) => {
    const forest = sampleOf(sumOf(leaves));
    const archive = archiveOf([encodeForest(sampleOf(sumOf(30)))]);
    const sizes = Array.from({ length: 900 }, (_, seed) => {
      const operator = OPERATORS[seed % OPERATORS.length] as string;
      const made = child({ genome: forest, parents: [] }, operator, requestOf(seed, { archive }));
      const changed = made?.genome.slots.priority;
      return changed === undefined || changed === forest.slots.priority ? 0 : treeSize(changed);
    });
    const most = Math.max(60, 2 * leaves - 1);
    expect(Math.max(...sizes)).toBe(most);
  });

  test('are forests of the language', () => {
    const operators = fc.constantFrom(...OPERATORS);
    const forests = forestArbitrary();
    fc.assert(
      fc.property(forests, forests, operators, fc.nat(), (...[forest, donor, operator, seed]) => {
        const archive = archiveOf([encodeForest(donor)]);
        const made = child({ genome: forest, parents: [] }, operator, requestOf(seed, { archive }));
        if (made) checkForest(made.genome, SAMPLE_VOCABULARY);
      }),
    );
  });

  test('that would be too long to store are not made', () => {
    const knots = Array.from({ length: 64 }, (_, i) => i);
    const z = Array.from({ length: 64 * 64 }, (_, i) => -(i + 0.5) / 12345);
    const table: Node = {
      op: 'grid',
      x: variable('item'),
      y: variable('slack'),
      xs: knots,
      ys: knots,
      z,
    };
    const large = sampleOf(table);
    const text = encodeForest(large);
    expect(textOf(large)).toBe(text);
    expect(textOf(sampleOf(apply('+', [table, table])))).toBeUndefined();
    const archive = archiveOf([text]);
    const { ask } = geneticProposer(forestGenome({ vocabulary: SAMPLE_VOCABULARY, origin: text }));
    for (let trial = 0; trial < 20; trial++) {
      const draft = ask(paid('graft'), requestOf(trial, { archive })) as Draft;
      decodeForest(draft.text, SAMPLE_VOCABULARY);
    }
  });
});

describe('operators', () => {
  const share = (drafts: readonly Draft[], name: string): number =>
    drafts.filter(({ operator }) => operator === name).length / drafts.length;
  test('are drawn by what they have paid', () => {
    const archive = archiveOf([origin]);
    const before = share(asks(400, { archive }), 'wrap');
    expect(share(asks(400, { archive }, paid('wrap')), 'wrap')).toBeGreaterThan(3 * before);
  });

  test('are credited by name', () => {
    const { tell, init } = proposer;
    const { trial, rng } = requestOf(0);
    const base = { trial, rng, text: '', key: '', outcome: 'scored', admitted: true };
    const state = tell(init(), { ...base, operator: 'hoist', gain: 3, evals: 4 });
    expect(state.gained[index('hoist')]).toBe(2);
    expect(state.spent[index('hoist')]).toBe(4);
    expect(tell(state, { ...base, operator: 'none', gain: 3, evals: 4 })).toBe(state);
  });
});

test('a control whose near neighbours are used up goes further', () => {
  const known = new Set<string>();
  let duplicates = 0;
  const trials = isThorough ? 600 : 200;
  for (let trial = 0; trial < trials; trial++) {
    const seen = (key: string): boolean => known.has(key);
    const draft = proposer.ask(
      proposer.init(),
      requestOf(trial, { fromOrigin: true, seen }),
    ) as Draft;
    duplicates += known.has(draft.key) ? 1 : 0;
    known.add(draft.key);
    expect(draft.parents).toEqual([sha256(origin)]);
  }
  expect(duplicates / trials).toBeLessThan(0.5);
});

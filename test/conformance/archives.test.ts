import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Archive, Elite } from '../../src/archives/contract.ts';
import { islandsArchive } from '../../src/archives/islands.ts';
import { mapElitesArchive } from '../../src/archives/map-elites.ts';
import { paretoArchive } from '../../src/archives/pareto.ts';
import { type ArchiveSubject, archiveConformance } from '../../src/testing/archive-conformance.ts';
import type { Suite } from '../../src/testing/suite.ts';

const suite: Suite = {
  test: (name, body) => test(name, body, 20_000),
  skip: (name, reason) => test.skip(`${name} (${reason})`, () => undefined),
};

const pareto = (): Archive => paretoArchive({ capacity: 8 }) as Archive;

const SUBJECTS: Readonly<Record<string, readonly ArchiveSubject[]>> = {
  'islands.ts': [
    {
      create: () => islandsArchive({ count: 3, migrateEvery: 20, capacity: 8 }) as Archive,
      limit: 24,
      measures: 0,
    },
  ],
  'map-elites.ts': [
    {
      create: () =>
        mapElitesArchive([
          { min: 0, max: 1, bins: 5 },
          { min: 0.2, max: 0.8, bins: 4 },
        ]) as Archive,
      limit: 20,
      measures: 2,
    },
  ],
  'pareto.ts': [
    { create: pareto, limit: 8, measures: 0 },
    { create: () => paretoArchive() as Archive, limit: 64, measures: 0 },
  ],
};

for (const [file, subjects] of Object.entries(SUBJECTS)) {
  for (const [i, subject] of subjects.entries()) {
    describe(`${file} ${i + 1}`, () => archiveConformance(suite, subject));
  }
}

test('every archive has a row above', () => {
  const drivers = readdirSync(join(import.meta.dirname, '../../src/archives'))
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .filter((name) => name !== 'contract.ts');
  expect(drivers.sort()).toEqual(Object.keys(SUBJECTS).sort());
});

type Fault = (healthy: Archive) => Partial<Archive>;

const elitesOf = (state: unknown): Elite[] => (state as { elites: Elite[] }).elites;

let count = 0;

/** An archive whose picks are changed. */
const picks =
  (change: (picked: Elite) => Elite): Fault =>
  ({ view }) => ({
    view(state, trial) {
      const seen = view(state, trial);
      return {
        size: seen.size,
        best: seen.best,
        pick(rng) {
          const picked = seen.pick(rng);
          return picked && change(picked);
        },
      };
    },
  });

/** Scores as they say, in the old order. */
const rescored =
  (score: (values: readonly number[], elite: Elite) => number): Archive['remeasured'] =>
  (state, candidate, values) => {
    const elites = elitesOf(state).map((elite) =>
      elite.id === candidate ? { ...elite, score: score(values, elite), n: elite.n + 1 } : elite,
    );
    (state as { elites: Elite[] }).elites = elites;
  };

/** By law and by what they do: archives that break it, all of them pareto otherwise. */
const FAULTS: Readonly<Record<string, Readonly<Record<string, Fault>>>> = {
  'every study begins with the same empty state, its own': {
    'one state for all': ({ init }) => {
      const only = init();
      return { init: () => only };
    },
    'studies are numbered': ({ init }) => ({
      init: () => ({ ...(init() as object), study: count++ }),
    }),
  },
  'some are admitted and some are refused': {
    'nobody gets in': () => ({ admits: () => false }),
    'everybody gets in': () => ({ admits: () => true }),
  },
  'admits changes nothing and says the same twice': {
    'it adds at once': ({ admits, add }) => ({
      admits(state, elite) {
        const admitted = admits(state, elite);
        if (admitted) add(state, elite);
        return admitted;
      },
    }),
    'it remembers whom it was asked about': ({ admits }) => {
      const asked = new Set<string>();
      return {
        admits(state, elite) {
          const isNew = !asked.has(elite.id);
          asked.add(elite.id);
          return isNew && admits(state, elite);
        },
      };
    },
  },
  'admission claims nothing: elites come back as they were offered': {
    'a better score on entry': ({ add }) => ({
      add: (state, elite) => add(state, { ...elite, score: elite.score + 1 }),
    }),
    'a word of praise': ({ add }) => ({
      add: (state, elite) => add(state, Object.assign({}, elite, { better: true })),
    }),
    'more evaluations than there were': picks((elite) => ({ ...elite, n: elite.n + 1 })),
    'it writes to what it is given': ({ add }) => ({
      add: (state, elite) => add(state, Object.assign(elite, { n: 2 })),
    }),
    'the worst as the best': ({ view }) => ({
      view: (state, trial) => {
        const { size, pick } = view(state, trial);
        return { size, pick, best: () => elitesOf(state).at(-1) };
      },
    }),
  },
  'what was admitted rebuilds the state': {
    'the refused are counted': ({ admits, init, add }) => {
      let refused = 0;
      return {
        init: () => ({ ...(init() as object), refused: 0 }),
        admits(state, elite) {
          const admitted = admits(state, elite);
          if (!admitted) refused += 1;
          return admitted;
        },
        add(state, elite) {
          add(state, elite);
          (state as { refused: number }).refused = refused;
        },
      };
    },
  },
  'it never holds more than its limit': {
    'a history of all': ({ init, add }) => ({
      init: () => ({ ...(init() as object), history: [] }),
      add(state, elite) {
        add(state, elite);
        (state as { history: Elite[] }).history.push(elite);
      },
    }),
    'no capacity': () => paretoArchive({ capacity: 1000 }) as Archive,
  },
  'what is dropped is gone, and nothing else is': {
    'it stays': () => ({ drop: () => undefined }),
    'everything goes': ({ init }) => ({
      drop: (state) => void Object.assign(state as object, init()),
    }),
    'it is hidden, not gone': ({ view }) => ({
      drop: () => undefined,
      find: () => undefined,
      view,
    }),
    'nothing is ever found': () => ({ find: () => undefined }),
  },
  'what is measured again counts for that elite, and for nothing else': {
    'it counts for nothing': () => ({ remeasured: () => undefined }),
    'it counts for all': ({ remeasured }) => ({
      remeasured(state, _candidate, values) {
        for (const { id } of elitesOf(state)) remeasured(state, id, values);
      },
    }),
    'the last value alone counts': () => ({ remeasured: rescored(([first = 0]) => first) }),
    'the order stays': () => ({
      remeasured: rescored(([first = 0], { score, n }) => (score * n + first) / (n + 1)),
    }),
    'it writes to the elite': ({ remeasured }) => ({
      remeasured(state, candidate, values) {
        const elite = elitesOf(state).find(({ id }) => id === candidate);
        remeasured(state, candidate, values);
        if (elite) Object.assign(elite, { n: 2 });
      },
    }),
  },
  'in doubt is the best with too little behind it': {
    'nobody is': () => ({ doubtful: () => undefined }),
    'the best is, whatever is known of it': ({ view }) => ({
      doubtful: (state, trial) => view(state, trial).best(),
    }),
    'the last is': () => ({
      doubtful: (state, _trial, enough) => elitesOf(state).findLast(({ n }) => n < enough),
    }),
  },
  'a view is a snapshot': {
    'it looks at the state as it is now': ({ view }) => ({
      view: (state, trial) => ({
        get size() {
          return view(state, trial).size;
        },
        best: () => view(state, trial).best(),
        pick: (rng) => view(state, trial).pick(rng),
      }),
    }),
    'it sorts in place': ({ add }) => ({
      add(state, elite) {
        const elites = elitesOf(state);
        add(state, elite);
        elites.splice(0, elites.length, ...elitesOf(state));
        (state as { elites: Elite[] }).elites = elites;
      },
    }),
  },
  'looking changes nothing': {
    'views are counted': ({ init, view }) => ({
      init: () => ({ ...(init() as object), views: 0 }),
      view(state, trial) {
        (state as { views: number }).views += 1;
        return view(state, trial);
      },
    }),
  },
  'a pick depends on state and stream alone': {
    'taking turns': ({ view }) => ({
      view: (state, trial) => ({
        ...view(state, trial),
        pick: () => elitesOf(state)[count++ % Math.max(1, elitesOf(state).length)],
      }),
    }),
    'always the best': ({ view }) => ({
      view: (state, trial) => ({ ...view(state, trial), pick: () => elitesOf(state)[0] }),
    }),
  },
  'a state is plain data: its copy goes on alike': {
    'a function in it': ({ init }) => ({ init: () => ({ ...(init() as object), next: () => 0 }) }),
    'known by identity': ({ init, admits }) => {
      const known = new WeakSet<object>();
      return {
        init() {
          const state = init() as object;
          known.add(state);
          return state;
        },
        admits: (state, elite) => known.has(state as object) && admits(state, elite),
      };
    },
  },
};

/** The laws an archive is held to, by name, as functions. */
function lawsOf(create: () => Archive): ReadonlyMap<string, () => Promise<void>> {
  const laws = new Map<string, () => Promise<void>>();
  const collect: Suite = { test: (name, law) => void laws.set(name, law), skip: () => undefined };
  archiveConformance(collect, { create, limit: 8, measures: 0 });
  return laws;
}

test('every law has an archive that breaks it', () => {
  expect(Object.keys(FAULTS).sort()).toEqual([...lawsOf(pareto).keys()].sort());
});

describe.each(Object.entries(FAULTS))('the law "%s" notices', (law, faults) => {
  test.each(Object.entries(faults))('%s', async (_, fault) => {
    const create = (): Archive => {
      const healthy = pareto();
      return { ...healthy, ...fault(healthy) };
    };
    const error = await lawsOf(create)
      .get(law)?.()
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(error, 'the fault itself is broken').not.toBeInstanceOf(TypeError);
  });
});

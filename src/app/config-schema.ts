/** What `paceline.yaml` may say: every key, its meaning, its range and its default. */
import { z } from 'zod';
import { GP_VOCABULARY } from '../improver/gp/slots.ts';
import { evaluator } from './config-evaluator.ts';
import { proposer } from './config-proposers.ts';
import { autonomyLevel, safety } from './config-safety.ts';
import { confirmSplit, holdoutSplit } from './config-splits.ts';
import { taste } from './config-taste.ts';
import { checkTogether } from './config-together.ts';
import { bytes, command, duration } from './config-values.ts';

/** `2 sigma`: in units of the noise of one evaluation. */
const sigmas = z
  .union([z.number().positive(), z.string().regex(/^\s*(\d+\.?\d*|\.\d+)\s*sigma\s*$/)])
  .transform((value) => (typeof value === 'number' ? value : Number.parseFloat(value)))
  .pipe(z.number().min(0.25).max(2))
  .meta({ description: 'Smallest effect worth finding, in sigma of one evaluation: 0.25 to 2.' });

/** A study of a few trials takes less than a tenth of it. */
export const LEAST_CAP_BYTES = 1024 ** 2;
/** A number, or a share: of the time, the only thing of which a metric saves shares. */
const minEffect = z
  .union([z.number().nonnegative(), z.string().regex(/^\s*\d+(\.\d+)?\s*(percent|%)\s*$/)])
  .meta({ description: 'Metric units; of times a share of the time, as 0.02 or 2 percent.' });

const identifier = z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/);
/** A map is copied whenever a candidate enters it. */
const MOST_CELLS = 4096;

const paretoArchive = z.strictObject({ use: z.literal('pareto') });
const islandsArchive = z.strictObject({
  use: z.literal('islands'),
  count: z.int().min(2).max(64).default(4),
  /** Trials from one migration around the ring to the next. */
  migrateEvery: z.int().min(1).default(100),
});
const axis = z
  .strictObject({
    /** `size`, `depth`, `constants`, `size.SLOT`, `choice.SLOT.INPUT`. */
    measure: z.string(),
    min: z.number(),
    max: z.number(),
    bins: z.int().min(2).max(64).default(10),
  })
  .refine(({ min, max }) => min < max, { error: 'max must be larger than min', path: ['max'] });
const mapElitesArchive = z.strictObject({
  use: z.literal('map-elites'),
  axes: z
    .array(axis)
    .min(1)
    .max(4)
    .refine((axes) => axes.reduce((cells, { bins }) => cells * bins, 1) <= MOST_CELLS, {
      error: `the map would have more than ${MOST_CELLS} cells: use fewer axes or bins`,
    }),
});
const archive = z.union([
  z.literal('pareto').transform((use) => ({ use })),
  z.literal('islands').transform((use) => islandsArchive.parse({ use })),
  z.discriminatedUnion('use', [paretoArchive, islandsArchive, mapElitesArchive]),
]);
/** What the jail must be, and what may be seen in it. */
const jail = z.strictObject({
  /** The least level; without it the best that this machine has is used, J1 at least. */
  level: z.enum(['J1', 'J2', 'J3', 'J4']).optional(),
  /** Files and folders that the evaluator may read. Absent: the folder of the config, without .paceline, .git and .env. */
  read: z.array(z.string().min(1)).optional(),
});

/**
 * Arms beside the search, each with its own archive, error account and streams: best-of-n draws from
 * the origin with the same proposers, random from the whole space, no-op is the origin again (A/A).
 */
const control = z.strictObject({
  arms: z
    .array(z.enum(['best-of-n', 'random', 'no-op']))
    .refine((arms) => new Set(arms).size === arms.length, 'name each arm once')
    .default(['best-of-n']),
  /** Share of all trials for these arms together; default 0.2 for best-of-n, 0.05 for random, 0.02 for no-op. */
  share: z.number().min(0).max(0.5).optional(),
  /**
   * `paired`: this study is one pair of a replicate set, both sides cut at the smaller spend.
   * `islands`: the search is split into independent ones, the control into blocks, all of equal
   * shares, so that one study can say whether the search helped.
   */
  design: z.enum(['paired', 'islands']).optional(),
  /** Of an islands design: independent searches. Default 8. */
  islands: z.int().min(2).max(16).optional(),
  /** Of an islands design: control blocks. Default 2. */
  blocks: z.int().min(1).max(8).optional(),
});

const paths = z.array(z.string().min(1));

const sampledRule = z.strictObject({
  alpha: z.number().gt(0).lt(0.5).default(0.05),
  mode: z.enum(['fwer', 'e-lond']).default('fwer'),
  smallestEffect: sigmas.default(2),
  /** Metric units, of times a share as 0.02 or `2 percent`: a gain must exceed it. */
  minEffect: minEffect.default(0),
  method: z.enum(['symmetric', 'passfail', 'bounded', 't-mixture']).default('symmetric'),
  /** For method bounded: the largest possible difference of one pair. */
  bound: z.number().positive().optional(),
});
const exactRule = z.strictObject({
  /** One problem with one value, the same on every seed: nothing to test, a second program decides. */
  mode: z.literal('exact'),
  exact: z.strictObject({
    /** Metric units: a gain must exceed it, and evaluator and verifier must agree within it. */
    tolerance: z.number().nonnegative(),
    /**
     * Speaks the protocol of the evaluator command, and is another program. `itself`: there is none, and the
     * evaluator is run again in a process of its own, which says nothing about its own faults; reports say so.
     */
    verifier: command,
  }),
});
const rule = z.discriminatedUnion('mode', [sampledRule, exactRule], {
  error: 'write mode: fwer (the default), e-lond or exact',
});

const study = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'use lower-case letters, digits and dashes'),
  /** `improver`: settings of the GP engine, each an expression over what a search knows of itself. */
  kind: z.enum(['code', 'improver'], 'write kind: code, or improver'),
  surface: z.strictObject({
    /** What is improved: files, folders or globs. With `language` one TypeScript file. */
    edit: paths.min(1),
    /** What judges it: files, folders or globs. Hashed; a changed judge is refused. */
    readonly: paths.default([]),
    /** What is copied beside the candidate, read-only: what it needs in order to run. */
    include: paths.default([]),
    /** Text of a candidate's files together; a larger one is invalid. Absent: twice the origin's, or 64kb more. */
    limit: bytes.pipe(z.number().min(1)).optional(),
  }),
  /** The files of the task are those of this commit, in a clean checkout below .paceline. Absent: the folder as it is. */
  repository: z
    .strictObject({
      commit: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/, 'write the whole id of a commit'),
      /** Untracked folders of the repository that are shown beside the commit, read-only, and not hashed. */
      tools: z.array(z.string().min(1)).optional(),
    })
    .optional(),
  /**
   * Closed language of the candidate; absent, candidates are source files of any language. That of improvers is
   * filled in.
   */
  language: z
    .strictObject({
      slots: z
        .array(z.strictObject({ name: identifier, inputs: z.array(identifier).min(1) }))
        .min(1),
    })
    .optional(),
  evaluator,
  splits: z
    .strictObject({
      generator: command.optional(),
      /** Trials that share their training cases. Few, so that one easy draw flatters only a few. */
      epochTrials: z.int().min(1).default(20),
      confirm: confirmSplit,
      holdout: holdoutSplit,
    })
    .prefault({}),
  rule: rule.prefault({}),
  control: control.prefault({}),
  proposers: z.array(proposer).min(1),
  /** Generation that proposers work under: a file, first digits of an id, g3, or bare (paceline improver list). */
  improver: z.string().min(1).optional(),
  /** Which candidates are kept to breed from: never a claim that they are better. */
  archive: archive.prefault('pareto'),
  /** What every proposal is expected to do before it runs, and whether that chooses among several. */
  taste: taste.prefault('uniform'),
  /** After each promotion and surprise the engine proposes up to three trials. Default true; never where control.design is set. */
  followOns: z.boolean().optional(),
  /** Of a work package: its name, and the hash of its brief. Written by paceline package run. */
  package: z
    .strictObject({ name: z.string(), brief: z.string().regex(/^sha256:[0-9a-f]{64}$/) })
    .optional(),
  budget: z.strictObject({
    wall: duration.optional(),
    trials: z.int().nonnegative().optional(),
    evals: z.int().nonnegative().optional(),
    /** What the calls to models may cost, in US dollars, to a millionth. */
    usd: z.number().nonnegative().max(1_000_000).optional(),
    /** What they may send and receive. */
    tokens: z.int().nonnegative().optional(),
    requests: z.int().nonnegative().optional(),
  }),
  jail: jail.optional(),
  storage: z
    .strictObject({
      /** A study is not begun while `.paceline` holds more, and pauses once it does; `paceline gc` makes room. */
      cap: bytes.pipe(z.number().min(LEAST_CAP_BYTES)).prefault('10gb'),
    })
    .prefault({}),
  safety,
  /** What closed studies of the same task in this folder found to lead nowhere is skipped. Absent: off. */
  memory: z.enum(['on', 'off']).optional(),
  autonomy: z.strictObject({ level: autonomyLevel.default(4) }).prefault({}),
  seed: z.union([z.string(), z.number()]).transform(String).default('1'),
  lookahead: z.int().min(1).max(1024).default(8),
  workers: z.int().min(1).max(64).optional(),
});

/** Recorded with the study: another release may know other slots. */
const languageOfImprovers = {
  slots: GP_VOCABULARY.slots.map(({ name, inputs }) => ({ name, inputs: [...inputs] })),
};

export const configSchema = study
  .superRefine(checkTogether)
  .transform((config) =>
    config.kind === 'improver' ? { language: languageOfImprovers, ...config } : config,
  );

export type Config = z.infer<typeof configSchema>;

/** The JSON Schema published as `schema/paceline.schema.json`. */
export function configJsonSchema(): object {
  return z.toJSONSchema(configSchema, { io: 'input', target: 'draft-2020-12' });
}

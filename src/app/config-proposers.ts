/** How a proposer is named in a config. */
import { z } from 'zod';
import { LONGEST_TIMER_MS } from '../core/clock.ts';
import { CLIMB_DEFAULTS } from '../optim/local-search.ts';
import { agentProposer } from './config-agent.ts';
import { llmProposer } from './config-models.ts';
import { command, duration } from './config-values.ts';

const geneticProposer = z.strictObject({
  use: z.literal('genetic'),
  /** Names of the variations it draws from; absent, all of the language. */
  operators: z.array(z.string()).min(1).optional(),
  share: z.number().positive().default(1),
});
const cmaEsProposer = z.strictObject({
  use: z.literal('cma-es'),
  /** With `language`: file of a forest whose constants are tuned. Without, those of the origin are. */
  template: z.string().optional(),
  lambda: z.int().min(4).max(512).default(24),
  sigma: z.number().positive().default(0.5),
  generations: z.int().min(1).max(1000).default(10),
  /** What follows a search that has nothing more to find: nothing, or runs of other sizes. */
  restarts: z.enum(['none', 'ipop', 'bipop']).default('none'),
  /** Independent searches, each with its own distribution. */
  islands: z.int().min(1).max(16).default(1),
  share: z.number().positive().default(1),
});
const localSearchProposer = z.strictObject({
  use: z.literal('local-search'),
  /**
   * Module of the task that exports `problem({ start, params })`: objective, constraints and gradients
   * over the numbers with a fraction in the editable JSON files. It runs in this process.
   */
  problem: z.string().regex(/\.m?js$/, 'name a module that ends in .mjs or .js'),
  /** Local optima looked at in a trial. */
  hops: z.int().min(1).max(10_000).default(20),
  /** Trials without a gain after which a climb starts anew. */
  patience: z.int().min(1).max(1_000_000).default(3),
  /** A rough descent that ends worse than the climb by no more, in units of the objective, is solved sharply. */
  near: z.number().nonnegative().default(CLIMB_DEFAULTS.near),
  share: z.number().positive().default(1),
});
const scriptedProposer = z.strictObject({
  use: z.literal('scripted'),
  /** Folder whose subfolders are candidates: each holds the files it changes, under their own paths. */
  folder: z.string(),
  share: z.number().positive().default(1),
});
/** Searches programs that fit examples, from a library it may have learnt (an improver). */
const libraryProposer = z.strictObject({
  use: z.literal('library'),
  /** JSON file with a list of `{ in: [list], out }` or `{ in: [list, k], out }`: at least two. */
  examples: z.string(),
  /** Programs computed in the search: 450,000 take about half a second. */
  candidates: z.int().min(1_000).max(20_000_000).default(450_000),
  /** Programs handed in at most, those that fit all examples first. */
  most: z.int().min(1).max(1_000).default(20),
  share: z.number().positive().default(1),
});
const commandProposer = z.strictObject({
  use: z.literal('command'),
  /** Your own idea generator. It runs as you, outside the jail, in the folder of this file. */
  command,
  /** Of one proposal, from its start. */
  timeout: duration.pipe(z.number().min(1).max(LONGEST_TIMER_MS)).default(60_000),
  /** You declare that the same request gives the same answer: the study can then be rerun. */
  repeatable: z.boolean().default(false),
  /** Programs at a time. With 1 each is told what became of the proposal before; with more, of earlier ones. */
  parallel: z.int().min(1).max(64).default(1),
  share: z.number().positive().default(1),
});
/** Waits for what people hand in; anybody may hand in to any other study too. */
const humanProposer = z.strictObject({
  use: z.literal('human'),
  share: z.number().positive().default(1),
});
export type LibraryEntry = z.infer<typeof libraryProposer>;
export const proposer = z.union([
  z.literal('genetic').transform((use) => geneticProposer.parse({ use })),
  z.literal('cma-es').transform((use) => cmaEsProposer.parse({ use })),
  z.discriminatedUnion('use', [
    geneticProposer,
    cmaEsProposer,
    localSearchProposer,
    scriptedProposer,
    libraryProposer,
    commandProposer,
    llmProposer,
    agentProposer,
    humanProposer,
  ]),
  z.literal('human').transform((use) => humanProposer.parse({ use })),
]);

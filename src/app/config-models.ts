/** How language models are named in a config, and the proposer that asks them. */
import { z } from 'zod';
import { LONGEST_TIMER_MS } from '../core/clock.ts';
import { leakIn } from '../proposers/llm/leaks.ts';
import { bytes, duration } from './config-values.ts';

/** US dollars per million tokens. */
const perMillion = z.number().nonnegative().max(1_000_000);

export const price = z.union([
  z.literal('free').transform(() => ({ input: 0, output: 0 })),
  z.strictObject({
    input: perMillion,
    output: perMillion,
    /** Input that the provider reads from its cache. Absent: as input. */
    cachedInput: perMillion.optional(),
  }),
]);

export const PROVIDERS = ['anthropic', 'openai', 'google', 'ollama', 'openai-compatible'] as const;

/** `anthropic/claude-sonnet-4-5`: the provider, then its own name of the model. */
const modelName = z
  .string()
  .regex(
    new RegExp(`^(${PROVIDERS.join('|')})/\\S+$`),
    `write provider/model with one of ${PROVIDERS.join(', ')}, for example anthropic/claude-sonnet-4-5`,
  )
  .refine((name) => !/\p{C}/u.test(name), 'holds characters that can drive a terminal');

/** What an address may hold beside the place; a text that is none is told so by the check before. */
function partsOf(url: string): readonly string[] {
  if (!URL.canParse(url)) return [];
  const { username, password, search, hash } = new URL(url);
  return [username, password, search, hash];
}

const IN_NO_FILE = 'names an environment variable: the key itself belongs in no file';

export const modelUrl = z
  .url({ protocol: /^https?$/, error: 'must be an address that begins with http:// or https://' })
  .refine(
    (url) => partsOf(url).every((part) => part === ''),
    'holds a name, a password or what follows ? or #, and is kept in every record: name a variable with key: …, and end it with its path',
  );

export const keyName = z
  .string()
  .regex(/^[A-Za-z_]\w*$/, IN_NO_FILE)
  .refine((name) => leakIn(name) === undefined, IN_NO_FILE);

const model = z.strictObject({
  model: modelName,
  /** Where the endpoint is, if not where the provider has it; needed for openai-compatible. */
  url: modelUrl.optional(),
  /** Name of the environment variable that holds the key; the key itself stands in no file. */
  key: keyName.optional(),
  /** Over the table of this release; `free` for models of your own. */
  price: price.optional(),
  /** How it is held to the form of its answer. Absent: as the provider does best. */
  output: z.enum(['schema', 'json', 'text']).optional(),
});

export type ModelEntry = z.infer<typeof model>;

export const OPERATORS = ['edit', 'diff', 'rewrite', 'crossover'] as const;

export const llmProposer = z.strictObject({
  use: z.literal('llm'),
  /** Which one is asked is learnt from what its ideas gained and cost. */
  models: z
    .array(z.union([modelName.transform((name): ModelEntry => ({ model: name })), model]))
    .min(1)
    .refine(
      (all) => new Set(all.map(({ model: name }) => name)).size === all.length,
      'name each model once',
    ),
  /** Drawn in equal parts: search and replace, unified diff, whole files, two candidates combined. */
  operators: z.array(z.enum(OPERATORS)).min(1).default(['edit', 'rewrite', 'crossover']),
  /** What the task is and what to look for, in your words: stands in every prompt. */
  instructions: z.string().min(1).optional(),
  /** Folder of notes (.md, .txt), or one such file, that it may use and must cite. */
  context: z.string().min(1).optional(),
  /** Editable files that never leave this machine: files, folders or globs. */
  exclude: z.array(z.string().min(1)).default([]),
  maxTokens: z.int().min(64).max(1_000_000).default(8192),
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().gt(0).max(1).optional(),
  /** Of one attempt at one call. */
  timeout: duration.pipe(z.number().min(1).max(LONGEST_TIMER_MS)).default(120_000),
  /** Calls at a time. With 1 each is told what became of the proposal before; with more, of earlier ones. */
  parallel: z.int().min(1).max(64).default(4),
  /** Longest prompt: inspirations and feedback are left out before the parent is. */
  prompt: bytes.pipe(z.number().min(1024)).default(256 * 1024),
  share: z.number().positive().default(1),
});

export type LlmEntry = z.infer<typeof llmProposer>;

/**
 * Every key of OpenEvolve's config, and what becomes of it. docs/openevolve.md is written from this table; a test
 * plants a value under each key and sees that it is mapped, named or refused.
 */
import type { KeyRow } from './key-row.ts';
import { DATABASE_KEYS } from './keys-database.ts';
import { LLM_KEYS } from './keys-llm.ts';
import { PROMPT_KEYS } from './keys-prompt.ts';

const LEDGER = 'the ledger holds every trial as it happens; `paceline export` writes it out';
const TRACE = 'the ledger is the trace';

const GENERAL_KEYS: readonly KeyRow[] = [
  { key: 'max_iterations', how: 'mapped', says: '`budget.trials` (10000), control arm included' },
  { key: 'random_seed', how: 'mapped', says: '`seed` (42)' },
  { key: 'checkpoint_interval', how: 'record', says: LEDGER },
  { key: 'log_level', how: 'record', says: LEDGER },
  { key: 'log_dir', how: 'record', says: LEDGER },
  { key: 'language', how: 'instead', says: 'the language follows from the name of the program' },
  {
    key: 'file_suffix',
    how: 'mapped',
    says: 'which `initial_program` is meant, where there are several',
  },
  {
    key: 'diff_based_evolution',
    how: 'mapped',
    says: '`proposers.operators`: `[edit]` (search and replace), or `[rewrite]` for false',
  },
  {
    key: 'allow_full_rewrites',
    how: 'mapped',
    says: 'of older versions: true adds `rewrite` to `proposers.operators`',
  },
  { key: 'max_code_length', how: 'mapped', says: '`surface.limit`, in bytes' },
  {
    key: 'enforce_evolve_blocks',
    how: 'instead',
    says: 'where a program has markers, only what is between them may ever change',
  },
  {
    key: 'diff_pattern',
    how: 'refused',
    says: 'models answer in a form of Paceline’s own, read strictly; leave it out',
    harmless: [
      '<<<<<<< SEARCH\\n(.*?)=======\\n(.*?)>>>>>>> REPLACE',
      '<<<<<<< SEARCH\n(.*?)=======\n(.*?)>>>>>>> REPLACE',
    ],
  },
  {
    key: 'early_stopping_patience',
    how: 'refused',
    says: 'no study ends because nothing was found for a while; bound it with --trials, --wall or --requests',
  },
  { key: 'convergence_threshold', how: 'with', says: 'early_stopping_patience' },
  { key: 'early_stopping_metric', how: 'with', says: 'early_stopping_patience' },
  {
    key: 'max_tasks_per_child',
    how: 'instead',
    says: 'each rollout has a process of its own, in a jail',
  },
  {
    key: 'evaluator.timeout',
    how: 'mapped',
    says: '`evaluator.timeout` (300 s), of one process that scores up to 12 cases',
  },
  {
    key: 'evaluator.max_retries',
    how: 'instead',
    says: 'a failure is an outcome of its own and is not tried again; only what the machine spoiled is',
  },
  {
    key: 'evaluator.memory_limit_mb',
    how: 'mapped',
    says: '`evaluator.limits.memory`; kept, as OpenEvolve does not',
  },
  {
    key: 'evaluator.cpu_limit',
    how: 'refused',
    says: 'OpenEvolve does not keep it, and nowhere says whether it counts cores or seconds; leave it out, evaluator.timeout ends a rollout',
  },
  {
    key: 'evaluator.cascade_evaluation',
    how: 'mapped',
    says: '`evaluator.stages` of the functions evaluate_stage1 and on, the last of which decides (true)',
  },
  {
    key: 'evaluator.cascade_thresholds',
    how: 'mapped',
    says: '`evaluator.stages.threshold` ([0.5, 0.75, 0.9])',
  },
  { key: 'evaluator.parallel_evaluations', how: 'mapped', says: '`workers` (1)' },
  {
    key: 'evaluator.distributed',
    how: 'refused',
    says: 'rollouts run on this machine only; leave it out',
    harmless: [false],
  },
  {
    key: 'evaluator.use_llm_feedback',
    how: 'refused',
    says: 'a score is what the evaluator measured, and no model’s opinion of the code; leave it out, or compute it in evaluator.py',
    harmless: [false],
  },
  { key: 'evaluator.llm_feedback_weight', how: 'with', says: 'evaluator.use_llm_feedback' },
  {
    key: 'evaluator.enable_artifacts',
    how: 'instead',
    says: 'artifacts are not kept: metrics are, and the message where there is no score',
  },
  { key: 'evaluator.max_artifact_storage', how: 'instead', says: 'artifacts are not kept' },
  {
    key: 'evaluator.evaluator_args',
    how: 'mapped',
    says: '`evaluator.params`: keyword arguments of `evaluate`, none of the stages',
  },
  ...[
    'enabled',
    'format',
    'include_code',
    'include_prompts',
    'output_path',
    'buffer_size',
    'compress',
  ].map((name): KeyRow => ({ key: `evolution_trace.${name}`, how: 'record', says: TRACE })),
];

export const KEYS: readonly KeyRow[] = [
  ...GENERAL_KEYS,
  ...LLM_KEYS,
  ...PROMPT_KEYS,
  ...DATABASE_KEYS,
];

/** Sections that are of no use where no model is asked. */
export const OF_MODELS = ['llm.', 'prompt.'];

const BY_KEY: ReadonlyMap<string, KeyRow> = new Map(KEYS.map((row) => [row.key, row]));

export function rowOf(key: string): KeyRow | undefined {
  return BY_KEY.get(key);
}

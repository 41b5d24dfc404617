/** Keys about models. Under `llm` they hold for all, under `llm.models` for one; one's own comes first. */
import type { KeyRow } from './key-row.ts';

/** What both places have. */
const SHARED: readonly (readonly [string, KeyRow['how'], string, ...unknown[]])[] = [
  [
    'api_base',
    'mapped',
    '`models.url`; with `https://api.openai.com/v1` (the default) the model is `openai/…`, else `openai-compatible/…`',
  ],
  [
    'api_key',
    'mapped',
    '`models.key`: of `${NAME}` the variable. A key written out is not used, and config.yaml is then hidden from candidates; `OPENAI_API_KEY` is read, as OpenEvolve does without one',
  ],
  ['temperature', 'mapped', '`proposers.temperature` (0.7)'],
  ['top_p', 'mapped', '`proposers.topP`'],
  ['max_tokens', 'mapped', '`proposers.maxTokens` (4096)'],
  ['timeout', 'mapped', '`proposers.timeout` (60 s)'],
  [
    'provider',
    'refused',
    'only endpoints that speak as OpenAI’s are asked from here; write a paceline.yaml with a proposer that is a command',
    'openai',
  ],
  [
    'init_client',
    'refused',
    'it is Python code, and models are asked from Paceline; name api_base instead',
  ],
  [
    'system_message',
    'refused',
    'OpenEvolve sends prompt.system_message in its place; write it there',
    'system_message',
  ],
  ['retries', 'instead', 'a call is tried five times with growing waits'],
  ['retry_delay', 'instead', 'waits grow and are drawn, or are what the provider says'],
  [
    'random_seed',
    'instead',
    'no provider promises to keep one; `--record` and `--replay` repeat a study',
  ],
  [
    'reasoning_effort',
    'refused',
    'it changes what a call costs and is not sent on; leave it out, or name a model whose default it is',
  ],
  [
    'max_budget_usd',
    'refused',
    'of command line tools only; bound the study with --usd, --tokens or --requests',
  ],
  ['max_ai_credits', 'refused', 'of command line tools only; bound the study with --requests'],
  ['allow_all_tools', 'refused', 'of command line tools only; leave it out', false],
  ['manual_mode', 'refused', 'nobody is asked for an answer by hand; leave it out', false],
  ['_manual_queue_dir', 'with', 'llm.manual_mode'],
];

const rowsAt = (place: string): readonly KeyRow[] =>
  SHARED.map(([name, how, says, ...harmless]) => ({
    key: `${place}${name}`,
    how,
    says,
    ...(harmless.length > 0 ? { harmless } : {}),
  }));

export const LLM_KEYS: readonly KeyRow[] = [
  ...rowsAt('llm.'),
  {
    key: 'llm.name',
    how: 'refused',
    says: 'models are named under llm.models or by llm.primary_model; write it there',
  },
  {
    key: 'llm.weight',
    how: 'refused',
    says: 'weights belong to the models under llm.models; write it there',
    harmless: [1],
  },
  { key: 'llm.primary_model', how: 'mapped', says: '`proposers.models`' },
  { key: 'llm.primary_model_weight', how: 'mapped', says: '`proposers.share` (1)' },
  { key: 'llm.secondary_model', how: 'mapped', says: '`proposers.models` of a second proposer' },
  {
    key: 'llm.secondary_model_weight',
    how: 'mapped',
    says: '`proposers.share` (0.2); 0 leaves it out',
  },
  { key: 'llm.models[].name', how: 'mapped', says: '`proposers.models`, a proposer for each' },
  { key: 'llm.models[].weight', how: 'mapped', says: '`proposers.share` (1); 0 leaves it out' },
  ...rowsAt('llm.models[].'),
  { key: 'llm.evaluator_models', how: 'with', says: 'evaluator.use_llm_feedback' },
];

/** Keys about prompts. */
import type { KeyRow } from './key-row.ts';

const OURS = 'the prompt is Paceline’s, `run --dry-run` shows it';
const INSPIRATIONS = 'up to three other candidates of the archive are shown';
const ARTIFACTS = 'artifacts are not kept; a model is told scores and why there was none';

export const PROMPT_KEYS: readonly KeyRow[] = [
  { key: 'prompt.system_message', how: 'mapped', says: '`proposers.instructions`' },
  {
    key: 'prompt.template_dir',
    how: 'refused',
    says: 'the prompt is Paceline’s own; put what a model must know into prompt.system_message',
  },
  {
    key: 'prompt.island_system_messages',
    how: 'refused',
    says: 'all islands get one message; put it into prompt.system_message',
  },
  { key: 'prompt.evaluator_system_message', how: 'with', says: 'evaluator.use_llm_feedback' },
  {
    key: 'prompt.programs_as_changes_description',
    how: 'refused',
    says: 'a model is shown programs and not descriptions of their changes; leave it out',
    harmless: [false],
  },
  {
    key: 'prompt.system_message_changes_description',
    how: 'with',
    says: 'prompt.programs_as_changes_description',
  },
  {
    key: 'prompt.initial_changes_description',
    how: 'with',
    says: 'prompt.programs_as_changes_description',
  },
  { key: 'prompt.num_top_programs', how: 'instead', says: INSPIRATIONS },
  { key: 'prompt.num_diverse_programs', how: 'instead', says: INSPIRATIONS },
  { key: 'prompt.use_template_stochasticity', how: 'instead', says: OURS },
  { key: 'prompt.template_variations', how: 'instead', says: OURS },
  {
    key: 'prompt.use_meta_prompting',
    how: 'refused',
    says: 'OpenEvolve does not have it yet either; leave it out',
    harmless: [false],
  },
  { key: 'prompt.meta_prompt_weight', how: 'with', says: 'prompt.use_meta_prompting' },
  { key: 'prompt.include_artifacts', how: 'instead', says: ARTIFACTS },
  { key: 'prompt.max_artifact_bytes', how: 'instead', says: ARTIFACTS },
  { key: 'prompt.artifact_security_filter', how: 'instead', says: ARTIFACTS },
  ...[
    'suggest_simplification_after_chars',
    'include_changes_under_chars',
    'concise_implementation_max_lines',
    'comprehensive_implementation_min_lines',
    'diff_summary_max_line_len',
    'diff_summary_max_lines',
    'code_length_threshold',
  ].map((name): KeyRow => ({ key: `prompt.${name}`, how: 'instead', says: OURS })),
];

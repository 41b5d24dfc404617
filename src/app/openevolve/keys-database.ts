/** Keys about the population: which program is bred from. None of them bears on what is claimed. */
import type { KeyRow } from './key-row.ts';

const FRONT = 'each island keeps its own front of score and size, 24 candidates at most';
const PARENTS = 'parents are drawn from the front';
const ONE_AXIS = 'candidates are told apart by their text, and by their length in a map';
const STORE = 'the ledger in `.paceline` is the only store';
const NOVELTY = 'nothing is embedded: what differs in layout or comments only is measured once';
const ARTIFACTS = 'artifacts are not kept';

const instead = (says: string, ...names: readonly string[]): readonly KeyRow[] =>
  names.map((name) => ({ key: `database.${name}`, how: 'instead', says }));

const record = (...names: readonly string[]): readonly KeyRow[] =>
  names.map((name) => ({ key: `database.${name}`, how: 'record', says: STORE }));

export const DATABASE_KEYS: readonly KeyRow[] = [
  {
    key: 'database.num_islands',
    how: 'mapped',
    says: '`archive: { use: islands, count }` (5); with 1 a map, or the front alone',
  },
  {
    key: 'database.migration_interval',
    how: 'mapped',
    says: '`archive.migrateEvery`: its generations (50) times the islands, in trials',
  },
  {
    key: 'database.feature_dimensions',
    how: 'mapped',
    says: 'with one island, `complexity` is the axis `characters` of `archive: { use: map-elites }`; a metric of yours is recorded with every gain (`role: info`), is no axis and no part of a mean; `diversity` and `score` have no counterpart',
  },
  { key: 'database.feature_bins', how: 'mapped', says: '`archive.axes.bins` (10)' },
  ...instead(FRONT, 'population_size', 'archive_size', 'migration_rate'),
  ...instead(PARENTS, 'elite_selection_ratio', 'exploration_ratio', 'exploitation_ratio'),
  ...instead(ONE_AXIS, 'diversity_metric', 'diversity_reference_size'),
  ...instead('one seed drives everything: random_seed', 'random_seed'),
  ...record('db_path', 'in_memory', 'log_prompts'),
  ...instead(
    ARTIFACTS,
    'artifacts_base_path',
    'artifact_size_threshold',
    'cleanup_old_artifacts',
    'artifact_retention_days',
    'max_snapshot_artifacts',
  ),
  {
    key: 'database.novelty_llm',
    how: 'refused',
    says: 'no model judges whether a candidate is new; leave it out',
  },
  ...instead(NOVELTY, 'embedding_model', 'embedding_api_base', 'similarity_threshold'),
];

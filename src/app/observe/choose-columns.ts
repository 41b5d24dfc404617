/** Which columns of a foreign file are the metric, the keeps and the commits; what is not clear is asked for. */
import { refuse, type Table } from './read-table.ts';

export type Goal = 'min' | 'max';

const KEEP_COLUMN = /^(?:status|keep|kept|decision|verdict|outcome|accepted|is_kept)$/i;
const ID_COLUMNS = ['commit', 'commit_hash', 'sha', 'hash', 'child_id', 'program_id', 'id'];
/** Numbers that describe a trial and do not grade it. */
const NO_METRIC =
  /^(?:row|n|index|step|iter|iteration|iteration_found|generation|gen|trial|experiment|run|seed|island|island_id|timestamp|time|date|duration\w*|\w*_seconds|memory\w*|\w*_gb|\w*_mb|n_\w+|num_\w+|complexity|diversity|cost\w*|tokens\w*|parent_metrics\..*|improvement_delta\..*|metadata\..*)$/i;
const LOWER =
  /(?:^|[._])(?:val_bpb|bpb|loss|error|err|ms|rmse|mae|mse|perplexity|ppl|latency)(?:_\w+)?$/i;
const HIGHER = /(?:^|[._])(?:\w+_)?(?:score|acc|accuracy|reward|fitness|f1|auc|sharpe)$/i;

export function isNumber(cell: string): boolean {
  return cell !== '' && Number.isFinite(Number(cell));
}

export function metricColumn(
  table: Table,
  { metric, keep }: { readonly metric: string | undefined; readonly keep: string | undefined },
): string {
  const { columns, rows } = table;
  const numeric = columns.filter(
    (column, i) => column !== keep && rows.some((row) => isNumber(row[i] ?? '')),
  );
  if (metric !== undefined) {
    if (!columns.includes(metric))
      refuse(`There is no column "${metric}". Choose --metric of: ${listed(columns)}.`);
    if (!numeric.includes(metric))
      refuse(
        `The column "${metric}" has no finite number. Choose --metric of: ${listed(numeric)}.`,
      );
    return metric;
  }
  const candidates = numeric.filter((name) => !NO_METRIC.test(name) && !ID_COLUMNS.includes(name));
  const [only] = candidates;
  if (only === undefined)
    refuse(
      numeric.length === 0
        ? 'No column has a number, so there is no metric. Give a file with one value a row.'
        : `No numeric column looks like a metric. Name it with --metric, one of: ${listed(numeric)}.`,
    );
  if (candidates.length > 1)
    refuse(
      `Several columns could be the metric. Name it with --metric, one of: ${listed(candidates)}.`,
    );
  return only;
}

export function goalOf(metric: string, goal: Goal | undefined): Goal {
  return (
    goal ??
    knownGoal(metric) ??
    refuse(
      `Whether less or more of "${metric}" is better cannot be told. Say --goal min or --goal max.`,
    )
  );
}

/** Of well-known names; undefined of others. */
export function knownGoal(metric: string): Goal | undefined {
  if (LOWER.test(metric)) return 'min';
  return HIGHER.test(metric) ? 'max' : undefined;
}

/** Undefined where the file says who descends from whom and not what was kept. */
export function keepColumn({ columns }: Table, keep: string | undefined): string | undefined {
  if (keep !== undefined && !columns.includes(keep))
    refuse(`There is no column "${keep}". Choose --keep of: ${listed(columns)}.`);
  const found = keep ?? columns.find((column) => KEEP_COLUMN.test(column));
  if (found === undefined && !columns.includes('parent_id'))
    refuse(`No column says which rows were kept. Name it with --keep, one of: ${listed(columns)}.`);
  return found;
}

export function idColumn({ columns }: Table): string | undefined {
  return ID_COLUMNS.find((column) => columns.includes(column));
}

const MAX_LISTED = 12;

function listed(names: readonly string[]): string {
  const more = names.length > MAX_LISTED ? ` and ${names.length - MAX_LISTED} more` : '';
  return names.slice(0, MAX_LISTED).join(', ') + more;
}

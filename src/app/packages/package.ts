/** A work package and the study that answers it: begun or gone on with, and its page written from the ledger. */
import { basename, dirname, join } from 'node:path';
import { PacelineError } from '../../core/errors.ts';
import { packageMarkdown } from '../../reporters/document/package.ts';
import { loadConfig } from '../config.ts';
import type { Config } from '../config-schema.ts';
import type { Engine, StudyHandle } from '../engine.ts';
import { withSoundLedger } from '../read-ledger.ts';
import { recordedConfig } from '../recorded-config.ts';
import { factsNow } from '../report.ts';
import { hasLedger, listStudies } from '../study-files.ts';
import { verifyStudy } from '../verify-study.ts';
import { writePages } from '../whole-record.ts';
import type { Package } from './brief.ts';
import { type Judged, judgeCriteria } from './judge.ts';

export interface PackageState {
  readonly name: string;
  readonly study: string;
  readonly state: 'not begun' | 'open' | 'accepted' | 'not accepted';
  readonly criteria: readonly Judged[];
  /** Absent before it is begun. */
  readonly page?: string;
}

/** The config of its study, with the brief that it answers. */
export function packageConfig({ root, brief, name, hash }: Package): Config {
  const { config } = loadConfig(join(root, brief.config));
  return { ...config, package: { name, brief: hash } };
}

/** Whether its study has begun. @throws PacelineError `WORKSPACE` where the brief was edited since. */
export function isBegun(one: Package): boolean {
  const { root, study, name, hash } = one;
  if (!listStudies(root).includes(study)) return false;
  const fixed = recordedConfig(root, study).package?.brief;
  if (fixed === hash) return true;
  throw edited({ name, fixed, hash });
}

function edited({
  name,
  fixed = 'none',
  hash,
}: {
  readonly name: string;
  readonly fixed: string | undefined;
  readonly hash: string;
}) {
  return new PacelineError(
    'WORKSPACE',
    `The brief of ${name} was edited after its first trial could begin: its criteria are fixed as ${fixed}, the file is ${hash}. Restore it, or write another work package for the new criteria.`,
    { name, fixed, hash },
  );
}

/** Goes on with what was begun, wherever it was interrupted. */
export function beginPackage(engine: Engine, one: Package, config: Config): Promise<StudyHandle> {
  return isBegun(one) ? engine.resume(one.study) : engine.start(config, one.study);
}

/** From the ledger alone. @throws PacelineError `WORKSPACE` where the brief is not the one it was begun with. */
export async function readPackageState(one: Package): Promise<PackageState> {
  const { root, name, study, brief, hash } = one;
  if (!isBegun(one) || !hasLedger(root, study)) {
    return { name, study, state: 'not begun', criteria: [] };
  }
  const place = { root, id: study };
  const { ok, findingCount, head } = await verifyStudy(root, study);
  return withSoundLedger(place, async (ledger) => {
    const facts = await factsNow(place, ledger);
    const fixed = facts.tally.opened?.body.brief;
    if (fixed !== hash) throw edited({ name, fixed, hash });
    const verified = { ok, findings: findingCount, seq: head.seq };
    const criteria = judgeCriteria(brief.acceptance, facts, verified);
    const state = stateOf(criteria);
    const { title, question, plan } = brief;
    const said = { title, question, plan, name, hash, criteria, outcome: OUTCOMES[state] };
    writePages(
      { folder: dirname(one.page), what: 'The page of the work package' },
      { [basename(one.page)]: packageMarkdown(said, facts) },
    );
    return { name, study, state, criteria, page: one.page };
  });
}

/** One that is not met is enough; all have to be met. */
function stateOf(criteria: readonly Judged[]): Exclude<PackageState['state'], 'not begun'> {
  if (criteria.some(({ verdict }) => verdict === 'not met')) return 'not accepted';
  return criteria.some(({ verdict }) => verdict === 'open') ? 'open' : 'accepted';
}

const OUTCOMES = {
  accepted: 'Accepted: every criterion is met.',
  'not accepted': 'Not accepted: a criterion is not met.',
  open: 'Open: a criterion still waits for its entry.',
} as const;

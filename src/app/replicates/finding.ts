/** What the pairs of a set say: from each study's own ledger to one sentence about the search. */
import type { Measure } from '../../claims/orient.ts';
import {
  type ProcessFinding,
  pairedFinding,
  processWords,
  sequentialFinding,
} from '../../claims/process.ts';
import type { StoredEvent } from '../../core/events.ts';
import { withLedger } from '../read-ledger.ts';
import { listStudies } from '../study-files.ts';
import type { Pair, ReplicateSet } from './set-file.ts';

/** The arm that every pair is against. */
const CONTROL_ARM = 'best-of-n';

export interface PairResult {
  /** Undefined: not begun. */
  readonly state: 'planned' | 'begun' | 'finished' | 'useless';
  readonly effect?: number;
  readonly metric?: Measure;
  readonly head?: string;
}

/** Ends of a search that nobody cut short. */
const WHOLE: ReadonlySet<string> = new Set(['budget', 'exhausted']);

/** Read from the ledger of the study, not from the set. */
export async function readPair(root: string, { study, seed }: Pair): Promise<PairResult> {
  if (!listStudies(root).includes(study)) return { state: 'planned' };
  return withLedger({ root, id: study }, async (ledger) => {
    let opened: StoredEvent<'study.opened'> | undefined;
    let compared: StoredEvent<'arm.compared'> | undefined;
    let closed: StoredEvent<'study.closed'> | undefined;
    const types = ['study.opened', 'arm.compared', 'study.closed'] as const;
    for await (const page of ledger.read(0, { types })) {
      for (const event of page) {
        if (event.type === 'study.opened') opened = event;
        if (event.type === 'study.closed') closed = event;
        if (event.type === 'arm.compared' && event.body.arm === CONTROL_ARM) compared = event;
      }
    }
    const isPlanned = opened?.body.seed === seed && opened.body.design === 'paired';
    if (opened && !isPlanned) return { state: 'useless' };
    if (!closed) return { state: 'begun' };
    // Stopped by hand, it has had another budget than the others; without a score, nothing is known.
    if (!compared || !opened || !WHOLE.has(closed.body.reason)) return { state: 'useless' };
    const { effect, verdict, n, tolerance } = compared.body;
    // An exact difference is one pair, a measured one at least two.
    const isKnown = verdict === 'identical' || n >= (tolerance === undefined ? 2 : 1);
    if (!isKnown || effect === undefined) return { state: 'useless' };
    const { seq, hash } = ledger.durable;
    const { metric } = opened.body;
    return { state: 'finished', effect, metric, head: `${seq}:${hash}` };
  });
}

export interface SetFinding {
  readonly words: string;
  /** Undefined while nothing may be concluded. */
  readonly finding?: ProcessFinding;
  readonly finished: number;
  /** No further pair is needed. */
  readonly isOver: boolean;
}

/** A fixed number of pairs is judged when all are there, the open one after every pair. */
export function findingOf(
  set: Pick<ReplicateSet, 'design' | 'pairs'>,
  metric: Measure,
): SetFinding {
  const differences = effectsInOrder(set);
  const [finished, planned] = [differences.length, set.pairs.length];
  if (set.design === 'fixed' && finished < planned) {
    const words = `not testable yet: ${finished} of ${planned} paired studies are finished, and their number was fixed beforehand`;
    return { words, finished, isOver: false };
  }
  const finding =
    set.design === 'fixed' ? pairedFinding(differences) : sequentialFinding(differences);
  const scope = `over ${finished} paired studies of equal budget, on fresh instances`;
  const words = processWords(finding, { metric, scope });
  const isDecided = finding.verdict === 'helped' || finding.verdict === 'hurt';
  return { words, finding, finished, isOver: isDecided || finished >= planned };
}

/** Up to the first that is missing: a pair is never left out because of what it gave. */
function effectsInOrder({ pairs }: Pick<ReplicateSet, 'pairs'>): readonly number[] {
  const missing = pairs.findIndex(({ effect }) => effect === undefined);
  return pairs
    .slice(0, missing < 0 ? pairs.length : missing)
    .flatMap(({ effect }) => (effect === undefined ? [] : [effect]));
}

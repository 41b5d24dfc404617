/**
 * Where the case seeds came from. Public cases follow from the study's seed; confirm, block and
 * control cases from its secret, and none of those may have been seen in training.
 */
import { screenStages } from '../claims/screen.ts';
import type { CaseLedger, CaseRepeat, Complain, Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';

export function newCaseLedger(): CaseLedger {
  return { fresh: new Map(), trained: new Map(), repeats: [] };
}

/** Cases lie in [0, 2^32): in a long study two honest draws may coincide. */
const CASE_RANGE = 2 ** 32;
/** A repeat is called a fault where chance explains it less often than once in a hundred studies. */
const CHANCE_LIMIT = 0.01;

interface CaseUse {
  readonly seq: number;
  readonly cases: readonly number[];
  /** What the i-th case is due to be; undefined where it cannot be derived. */
  readonly due: ((i: number) => number | undefined) | undefined;
}

/** Floor and reference: derived from the public seed. */
export function checkPublicCases(study: Evidence, use: CaseUse, complain: Complain): void {
  const { fresh, trained, repeats } = study.cases;
  use.cases.forEach((caseSeed, i) => {
    const before = fresh.get(caseSeed);
    if (before !== undefined && !study.secretRoot) repeats.push({ seq: use.seq, caseSeed, before });
    if (!trained.has(caseSeed)) trained.set(caseSeed, use.seq);
    if (isDerived(study, use, i)) return;
    complain('decision', `Case ${caseSeed} is not what the public seed gives at this place.`);
  });
}

/** Confirm, block and control: derived from the secret once it is revealed, fresh in any case. */
export function checkFreshCases(study: Evidence, use: CaseUse, complain: Complain): void {
  const { fresh, trained, repeats } = study.cases;
  use.cases.forEach((caseSeed, i) => {
    const before = fresh.get(caseSeed) ?? trained.get(caseSeed);
    if (before === undefined) fresh.set(caseSeed, use.seq);
    else if (!use.due) repeats.push({ seq: use.seq, caseSeed, before });
    if (isDerived(study, use, i)) return;
    const reuse = before === undefined ? '' : ` It was used before, in entry ${before}.`;
    complain('decision', `Case ${caseSeed} is not what the secret gives for this pair.${reuse}`);
  });
}

/** True as well where it cannot be told. */
function isDerived(study: Evidence, { cases, due }: CaseUse, i: number): boolean {
  if (due === undefined) return true;
  const isSame = due(i) === cases[i];
  if (isSame) study.checked.cases += 1;
  return isSame;
}

export interface Freshness {
  readonly findings: readonly Finding[];
  /** Too many cases for a repeat to mean anything. */
  readonly isBlind: boolean;
}

/**
 * After the last entry of a study whose secret is not known. With the secret each draw has been
 * derived, and an equal draw elsewhere is a coincidence.
 */
export function checkFreshness(study: Evidence): Freshness {
  if (study.secretRoot) return { findings: [], isBlind: false };
  const { fresh, trained } = study.cases;
  const screened = screenCases(study);
  const others = fresh.size / 2 + trained.size + screened.count;
  const repeats = [...study.cases.repeats, ...screened.repeats()];
  if ((fresh.size * others) / CASE_RANGE > CHANCE_LIMIT) return { findings: [], isBlind: true };
  const findings = repeats.map(({ seq, caseSeed, before }) => {
    const where = before === 0 ? 'the screens' : `entry ${before}`;
    const detail = `Case ${caseSeed} is not fresh: ${where} used it too.`;
    return { seq, kind: 'decision' as const, detail };
  });
  return { findings, isBlind: false };
}

/** Training cases are common to the trials of an epoch and are not recorded: derived again here. */
function screenCases(study: Evidence): { count: number; repeats: () => readonly CaseRepeat[] } {
  const { opened, publicRoot, rule, floor, trials } = study;
  if (!publicRoot || !rule || !floor) return { count: 0, repeats: () => [] };
  const perEpoch = screenStages(rule, floor).at(-1)?.cumulative ?? 0;
  const epochs = Math.ceil(trials / Math.max(1, opened.epochTrials));
  const repeats = (): readonly CaseRepeat[] => {
    const found: CaseRepeat[] = [];
    for (let epoch = 0; epoch < epochs; epoch++) {
      for (let i = 0; i < perEpoch; i++) {
        const caseSeed = publicRoot.stream(epoch, 'train', i).u32();
        const seq = study.cases.fresh.get(caseSeed);
        if (seq !== undefined) found.push({ seq, caseSeed, before: 0 });
      }
    }
    return found;
  };
  return { count: perEpoch * epochs, repeats };
}

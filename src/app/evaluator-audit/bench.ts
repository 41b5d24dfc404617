/** Where candidates of the audit are measured: as a study would, beside the origin on the same cases. */
import type { GuardRule } from '../../claims/guards.ts';
import { sha256 } from '../../core/hash.ts';
import type { CaseResult } from '../../evaluators/contract.ts';
import type { Plan } from '../../loop/plan.ts';

export type Judged = Pick<Plan, 'judge' | 'origin' | 'publicRoot'> & {
  readonly verifier?: Plan['verifier'];
  readonly rule: Pick<Plan['rule'], 'mode' | 'guards'>;
  readonly opened: { readonly metric: Pick<Plan['opened']['metric'], 'goal' | 'kind' | 'name'> };
};

/** Against the origin, case by case: `mixed` is better here and not there. */
export type Against = 'failed' | 'worse' | 'same' | 'mixed' | 'better';

export interface Measured {
  readonly results: readonly CaseResult[];
  readonly against: Against;
}

/** A refusal needs more than the few cases on which something looked odd. */
export const CASES = 4;
export const CASES_TO_REFUSE = 8;

export class Bench {
  readonly plan: Judged;
  private readonly origins = new Map<number, Promise<readonly CaseResult[]>>();
  private readonly signal = new AbortController().signal;

  constructor(plan: Judged) {
    this.plan = plan;
  }

  /** On the first so many cases, of which those that were measured are not measured again; an exact task has one. */
  async origin(count: number): Promise<readonly CaseResult[]> {
    const most = [...this.origins.keys()].find((size) => size >= count) ?? count;
    const known = this.origins.get(most) ?? this.results(this.plan.origin.text, most);
    this.origins.set(most, known);
    return (await known).slice(0, count);
  }

  /** @param isDoubted Whether its results are looked at twice although it is not better. */
  async measure(
    text: string,
    count: number,
    isDoubted: (results: readonly CaseResult[]) => boolean = () => false,
  ): Promise<Measured> {
    const [origin, results] = [await this.origin(count), await this.results(text, count)];
    const against = this.compare(results, origin);
    const isOver = against !== 'better' && !isDoubted(results);
    if (isOver || this.plan.verifier === undefined) return { results, against };
    // What the evaluator lets through, the verifier may still hold.
    const [own, verified] = [
      await this.results(this.plan.origin.text, count, this.plan.verifier),
      await this.results(text, count, this.plan.verifier),
    ];
    return { results: verified, against: this.compare(verified, own) };
  }

  private async results(
    text: string,
    count: number,
    judge = this.plan.judge,
  ): Promise<readonly CaseResult[]> {
    const cases = Array.from({ length: this.plan.rule.mode === 'exact' ? 1 : count }, (_, i) =>
      this.plan.publicRoot.stream(-1, 'evaluator audit', i).u32(),
    );
    const candidate = { id: sha256(text), text };
    const [measured] = await judge.measure([{ candidate, cases }], this.signal);
    return measured?.cases ?? [];
  }

  compare(results: readonly CaseResult[], origin: readonly CaseResult[]): Against {
    const { goal } = this.plan.opened.metric;
    const signs = results.map((one, i): number => {
      const own = origin[i];
      if (one.outcome !== 'scored' || own?.outcome !== 'scored') return Number.NaN;
      return Math.sign(goal === 'max' ? one.value - own.value : own.value - one.value);
    });
    if (signs.length === 0 || signs.some(Number.isNaN)) return 'failed';
    const isGuarded = (this.plan.rule.guards ?? []).every((guard) =>
      results.every((one, i) => isKept(guard, one, origin[i])),
    );
    if (signs.every((sign) => sign > 0)) return isGuarded ? 'better' : 'worse';
    if (signs.every((sign) => sign === 0)) return 'same';
    return signs.some((sign) => sign > 0) ? 'mixed' : 'worse';
  }
}

function isKept({ name, goal, margin }: GuardRule, one: CaseResult, own?: CaseResult): boolean {
  const [now, before] = [one, own].map((result) =>
    result?.outcome === 'scored' ? result.others?.[name] : undefined,
  );
  if (now === undefined || before === undefined) return false;
  return (goal === 'max' ? before - now : now - before) <= margin;
}

/** Whether a case was scored with a value that was forged. */
export function isBelieved(results: readonly CaseResult[], forged: readonly number[]): boolean {
  return results.some(
    (one) =>
      one.outcome === 'scored' &&
      forged.some((value) => Math.abs(one.value - value) <= 1e-9 * Math.abs(value)),
  );
}

/** Whether two candidates ended alike on every case. */
export function areAlike(some: readonly CaseResult[], others: readonly CaseResult[]): boolean {
  return some.every((one, i) => {
    const other = others[i];
    if (one.outcome !== 'scored' || other?.outcome !== 'scored')
      return one.outcome === other?.outcome;
    return one.value === other.value;
  });
}

/** Two at a time; times are taken alone. In the order of `items`. */
export async function eachOf<T, R>(
  { plan }: Bench,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const found: R[] = [];
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < items.length; i = next++) found[i] = await work(items[i] as T);
  };
  const isTimed = plan.opened.metric.kind === 'time';
  await Promise.all(Array.from({ length: isTimed ? 1 : 2 }, worker));
  return found;
}

/** From a ledger to everything a report may say about it: one streaming pass, bounded memory. */
import type { StoredEvent } from '../core/events.ts';
import type { Fact, FactBook } from './report/fact.ts';
import { addApprovalFacts } from './report/facts-approvals.ts';
import { addAuditFacts } from './report/facts-audit.ts';
import { addCardFacts } from './report/facts-cards.ts';
import { addChangeFacts } from './report/facts-change.ts';
import { addFailureFacts } from './report/facts-failures.ts';
import { addFollowOnFacts } from './report/facts-follow-ons.ts';
import { addGainFacts } from './report/facts-gains.ts';
import { addHoldoutFacts } from './report/facts-holdout.ts';
import { addIslandsFacts } from './report/facts-islands.ts';
import { addKindFacts } from './report/facts-kinds.ts';
import { addMoneyFacts } from './report/facts-money.ts';
import { addPoolFacts } from './report/facts-pool.ts';
import { addSafetyFacts } from './report/facts-safety.ts';
import { addStageFacts } from './report/facts-stages.ts';
import { addSteeringFacts } from './report/facts-steering.ts';
import { addStudyFacts } from './report/facts-study.ts';
import { addCostFacts, addTrialFacts } from './report/facts-trials.ts';
import { addUnfitFacts } from './report/facts-unfit.ts';
import { addToTally } from './report/fold.ts';
import type { Given } from './report/given.ts';
import { newTally, type Tally } from './report/tally.ts';

export interface ReportFacts {
  readonly given: Given;
  /** False while the study may still go on. */
  readonly isClosed: boolean;
  readonly promotions: number;
  readonly book: FactBook;
  /** What is drawn and listed; its numbers are printed through `book` only. */
  readonly tally: Tally;
}

/**
 * Reads `events` once, in order and from the first.
 *
 * @throws what `given.toSource` and `given.change` throw for a candidate they cannot print.
 */
export async function collectFacts(
  events: AsyncIterable<readonly StoredEvent[]>,
  given: Given,
): Promise<ReportFacts> {
  const tally = newTally();
  for await (const page of events) for (const event of page) addToTally(tally, event);
  return factsOf(tally, given);
}

/** The facts of a tally, which may be of some entries only: what they cannot show is not there. */
export function factsOf(tally: Tally, given: Given): ReportFacts {
  const book = new Map<string, Fact>();
  const add = (fact: Fact): void => void book.set(fact.id, fact);
  addStudyFacts(tally, given, add);
  addTrialFacts(tally, add);
  addAuditFacts(tally, add);
  addSafetyFacts(tally, add);
  addStageFacts(tally, add);
  addFailureFacts(tally, add);
  addUnfitFacts(tally, add);
  addSteeringFacts(tally, add);
  addFollowOnFacts(tally, add);
  addApprovalFacts(tally, add);
  addGainFacts(tally, add);
  addIslandsFacts(tally, add);
  addHoldoutFacts(tally, add);
  addPoolFacts(tally, add);
  addChangeFacts(tally, given, add);
  addKindFacts(tally, add);
  addCostFacts(tally, add);
  addMoneyFacts(tally, add);
  addCardFacts(tally, add);
  return {
    given,
    isClosed: tally.closed !== undefined,
    promotions: tally.promotions.length,
    book,
    tally,
  };
}

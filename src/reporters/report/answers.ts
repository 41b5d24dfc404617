/** The eleven questions everyone asks of an autonomous result, answered in order (mission.md). */
import type { ReportFacts } from '../facts.ts';
import {
  approvalAnswer,
  barAnswer,
  changeAnswer,
  costAnswer,
  discardedAnswer,
  rerunAnswer,
  touchAnswer,
} from './answers-conduct.ts';
import {
  baselineAnswer,
  freshDataAnswer,
  samplingAnswer,
  triesAnswer,
} from './answers-evidence.ts';
import type { Answer } from './phrase.ts';

export function answersOf(facts: ReportFacts): readonly Answer[] {
  return [
    baselineAnswer(facts),
    triesAnswer(facts),
    samplingAnswer(facts),
    touchAnswer(facts),
    freshDataAnswer(facts),
    changeAnswer(facts),
    costAnswer(facts),
    approvalAnswer(facts),
    rerunAnswer(facts),
    discardedAnswer(facts),
    barAnswer(facts),
  ];
}

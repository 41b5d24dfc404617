/** What the noise floor says about the evaluator itself. */
import { auditEvaluator, auditLine } from '../../claims/evaluator-audit.ts';
import type { AddFact } from './fact.ts';
import type { Tally } from './tally.ts';
import { ruleOf } from './words.ts';

export function addAuditFacts({ opened, floor }: Tally, add: AddFact): void {
  if (!opened || !floor) return;
  const remarks = auditEvaluator(floor.body, opened.body.metric, ruleOf(opened.body.rule));
  const text = auditLine(remarks, floor.body);
  const value = remarks.map(({ name }) => name).join(', ') || 'nothing found';
  const how =
    'From the origin’s first evaluations, the repeats among them, what was declared, and the rule.';
  add({ id: 'floor.audit', value, text, seqs: [opened.seq, floor.seq], how });
}

/** What had to be measured before a trial was settled, and was left out: what is judged by less is luckier. */
import { needsTopUp, REFERENCE_EVERY_TRIALS, referenceSize } from '../claims/screen.ts';
import { owesElite } from './elites.ts';
import type { ArmEvidence, Complain, Evidence } from './evidence.ts';

export function checkOwed(study: Evidence, complain: Complain): void {
  for (const [name, arm] of study.arms) {
    const owed = arm.owesReference ? undefined : owedReference(study, arm);
    if (owed !== undefined) {
      arm.owesReference = true;
      complain('order', `A trial is settled ${owed} of ${name}.`);
    }
    if (!arm.owesElite && owesElite(study, name, arm)) {
      arm.owesElite = true;
      complain('order', `A trial is settled before an elite of ${name} was measured again.`);
    }
  }
}

function owedReference(
  { rule, floor, isPaired }: Evidence,
  { reference, trials, referencedAt }: ArmEvidence,
): string | undefined {
  if (rule === undefined || floor === undefined || isPaired) return undefined;
  const [size, age] = [referenceSize(rule), trials - referencedAt];
  if (reference.length < size) return `with ${reference.length} of ${size} values of the reference`;
  const isStale = needsTopUp(rule) && age >= REFERENCE_EVERY_TRIALS;
  return isStale ? `${age} trials after the last value of the reference` : undefined;
}

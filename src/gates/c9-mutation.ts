/**
 * Check C9: whether the properties that a verdict rests on notice faults at all. It passes whatever the
 * rate, which is no candidate's fault; below 80 % what C5 passed counts as not looked at.
 */
import {
  ADEQUATE,
  type Adequacy,
  adequacyOf,
  adequacyWords,
  hasMutants,
  isAdequate,
  killRates,
} from './adequacy.ts';
import type { Check, CheckFinding, Intake, Tools } from './contract.ts';

export const mutationCheck: Check = {
  name: 'C9',
  inapplicable: ({ isCallable, properties }) =>
    isCallable && properties.length > 0 ? undefined : 'there are no properties to be tried',
  judge,
};

async function judge(intake: Intake, tools: Tools, signal: AbortSignal): Promise<CheckFinding> {
  // Programs of ours: the incumbent was judged before. In the floor the origin, so that it is measured once.
  const program = intake.tier === 'deep' ? intake.incumbent : intake.origin;
  const adequacy = await adequacyOf(tools, { program, tier: intake.tier }, signal);
  if (adequacy === undefined || !hasMutants(adequacy)) {
    const why =
      'No faults can be planted in this language: how much the properties notice is not known.';
    return { verdict: 'pass', why, evidence: { mutants: 0 }, cases: 0, completeness: 0 };
  }
  const isEnough = isAdequate(adequacy);
  const verdict = isEnough
    ? 'The properties count as verification'
    : `Below ${100 * ADEQUATE} % the properties do not count as verification`;
  return {
    verdict: 'pass',
    why: `${verdict}: ${adequacyWords(adequacy)}.`,
    evidence: {
      rates: killRates(adequacy),
      least: ADEQUATE,
      program: program.id,
      ...plain(adequacy),
    },
    cases: adequacy.mutants,
    completeness: isEnough ? 1 : 0,
  };
}

function plain({ survivors, interval, by, ...counts }: Adequacy) {
  const left = survivors.map((one) => ({ ...one }));
  return { ...counts, by: { ...by }, interval: [...interval], survivors: left };
}

/**
 * Check C1: what the jail saw. The candidate runs once more, among canaries (files and variables that look
 * like secrets) and where an attempt at the network, at processes or at the system is its end. What the
 * origin does as well is the task's own way and held against nobody.
 */
import type { Forbidden, JailProbe, JailReport } from '../sandboxes/contract.ts';
import { FORBIDDEN } from '../sandboxes/contract.ts';
import type { Check, CheckFinding, Declaration, Intake, Tier, Tools } from './contract.ts';
import { secretCases } from './paired.ts';
import { counted } from './sentence.ts';

/** A candidate that waits for its hundredth call is C8's. */
const CASES: Readonly<Record<Tier, number>> = { floor: 2, deep: 32 };

/** Half of what it promises: attempts and canaries. */
const BLIND = 0.5;

export const jailCheck: Check = {
  name: 'C1',
  inapplicable: ({ form, isJailed }: Declaration) => {
    if (form === 'forest') return 'a closed language has no words for anything outside';
    return isJailed ? undefined : 'without a jail of J2 or better nothing is denied or seen';
  },
  async judge(intake, tools, signal) {
    if (tools.jail === undefined) {
      const why = 'No jail with canaries was opened, so nobody looked.';
      return { verdict: 'inconclusive', why, evidence: null, cases: 0 };
    }
    return judged({ ...intake, probe: tools.jail, tools, signal });
  },
};

interface Job extends Intake {
  readonly probe: JailProbe;
  readonly tools: Tools;
  readonly signal: AbortSignal;
}

type Who = 'candidate' | 'origin';

function lookAt(job: Job, who: Who, forbids: readonly Forbidden[]): Promise<JailReport> {
  const { probe, tools, signal, ticket, tier } = job;
  const of = { ticket, check: 'C1', purpose: 'cases' } as const;
  const cases = secretCases(tools.secrets, of, { from: 0, count: CASES[tier] });
  return probe.look({ candidate: job[who], cases, forbids }, signal);
}

async function judged(job: Job): Promise<CheckFinding> {
  const { tells } = job.probe;
  const first = await lookAt(job, 'candidate', tells);
  if (!first.isKilled && first.touched.length === 0) return quiet(job, first, tells);
  const origin = await lookAt(job, 'origin', tells);
  const touched = first.touched.filter((name) => !origin.touched.includes(name));
  if (touched.length > 0) return touching(job, touched);
  const owns = origin.isKilled ? await kindsOf(job, 'origin') : [];
  const rest = tells.filter((kind) => !owns.includes(kind));
  // Where the origin ends as well, nothing after that end was seen.
  const again = owns.length > 0 ? await lookAt(job, 'candidate', rest) : first;
  const more = again.touched.filter((name) => !origin.touched.includes(name));
  if (more.length > 0) return touching(job, more);
  if (!again.isKilled) return quiet(job, again, rest);
  const kinds = (await kindsOf(job, 'candidate')).filter((kind) => !owns.includes(kind));
  return attempting(job, kinds);
}

/** One at a time: a run that was ended does not say for what. */
async function kindsOf(job: Job, who: Who): Promise<readonly Forbidden[]> {
  const found: Forbidden[] = [];
  for (const kind of job.probe.tells) {
    if ((await lookAt(job, who, [kind])).isKilled) found.push(kind);
  }
  return found;
}

function touching({ tier }: Job, touched: readonly string[]): CheckFinding {
  return {
    verdict: 'fail',
    why: `It opened or gave what it has no business with: ${touched.join(', ')}.`,
    evidence: { touched },
    cases: CASES[tier],
    suspicion: 1,
    incident: 'canary touched',
  };
}

const WORDS: Readonly<Record<Forbidden, string>> = {
  network: 'the network',
  processes: 'another process of its own',
  'other processes': 'the memory of other processes',
  'the system': 'mounts, namespaces or the kernel',
};

/** Libraries look for tools of the machine, so a process alone is no attack; it is refused all the same. */
function attempting({ tier }: Job, kinds: readonly Forbidden[]): CheckFinding {
  const what = kinds.map((kind) => WORDS[kind]).join(', ') || 'something that is denied, once';
  const isAttack = kinds.length === 0 || kinds.some((kind) => kind !== 'processes');
  return {
    verdict: 'fail',
    why: `It tried what a jail denies, and what the origin does not try: ${what}.`,
    evidence: { attempted: kinds },
    cases: CASES[tier],
    suspicion: 1,
    ...(isAttack ? { incident: 'denied call' } : {}),
  };
}

function quiet(
  { tier, probe }: Job,
  { scored, isWatched }: JailReport,
  forbids: readonly Forbidden[],
): CheckFinding {
  const cases = CASES[tier];
  const unseen = [
    ...probe.blind,
    ...(isWatched || probe.blind.length > 0 ? [] : ['whether a canary is opened: the watch ended']),
    ...probe.tells
      .filter((kind) => !forbids.includes(kind))
      .map((kind) => `attempts at ${WORDS[kind]}, which the origin makes too`),
  ];
  const evidence = { scored, forbids, unseen };
  if (scored === 0) {
    const why = `None of ${counted(cases, 'secret case')} got a score among the canaries, so nothing was seen of it.`;
    return { verdict: 'inconclusive', why, evidence, cases, suspicion: 0.5 };
  }
  const attempts = forbids.length / FORBIDDEN.length;
  const canaries = isWatched ? 1 : 0;
  return {
    verdict: 'pass',
    why: `On ${counted(cases, 'secret case')} it opened no canary and tried nothing that is denied${unseenWords(unseen)}.`,
    evidence,
    cases,
    suspicion: 0,
    completeness: BLIND * attempts + (1 - BLIND) * canaries,
  };
}

function unseenWords(unseen: readonly string[]): string {
  return unseen.length > 0 ? `; not told here: ${unseen.join('; ')}` : '';
}

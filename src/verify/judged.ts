/** What the gatekeeper said, and whose turn it was to be judged. */
import type { EventBody, StoredEvent } from '../core/events.ts';
import { sha256 } from '../core/hash.ts';
import { advance } from '../core/trial-state.ts';
import { blockSize } from '../stats/block.ts';
import { wilson } from '../stats/wilson.ts';
import { followOtherGate } from './approvals.ts';
import { type Complain, type Evidence, MAIN_ARM } from './evidence.ts';
import { checkTold, checkVerdict, type JudgedBy } from './gate-record.ts';
import type { GateEvidence } from './holdout-evidence.ts';
import { checkSamples } from './sampled.ts';

/** One gatekeeper judges a study from its first entry to its last, or another that a person agreed to. */
export function checkSameGate(
  study: Evidence,
  { body }: StoredEvent<'gatekeeper.joined'>,
  complain: Complain,
): void {
  if (study.opened.gates === undefined) complain('order', 'This study promised no gates.');
  const { digest = body.digest, secretCommit = body.secretCommit } = study.gatekeeper ?? {};
  const { approvals } = study;
  if (digest !== body.digest) {
    const isAgreed = approvals.agreedGate === body.digest;
    if (!isAgreed) complain('gate', 'Another gatekeeper joins than the one before.');
    followOtherGate(study);
  }
  approvals.agreedGate = undefined;
  if (secretCommit !== body.secretCommit) {
    complain('gate', 'The gatekeeper joins with another secret than before.');
  }
  const { hasLeft = false } = study.gatekeeper ?? {};
  study.gatekeeper = { digest: body.digest, secretCommit: body.secretCommit, hasLeft };
}

export function checkVerdictDue(
  study: Evidence,
  { body, trial }: StoredEvent<'gate.judged'>,
  complain: Complain,
): void {
  const { open, holdout } = study;
  const arm = study.arms.get(MAIN_ARM);
  if (study.gatekeeper === undefined) complain('order', 'No gatekeeper has joined.');
  if (!arm || open?.trial !== trial || open?.arm !== MAIN_ARM || open.phase !== 'accepted') {
    complain('order', `No trial ${trial ?? '?'} of ${MAIN_ARM} awaits its gates.`);
    return;
  }
  const isExact = study.rule?.mode === 'exact';
  if (!isExact && open.block.length !== blockSize(open.pairsUsed)) {
    complain('order', 'The gates are asked before the block of the gain is whole.');
  }
  if (study.opened.holdout && open.heldOutIn === undefined) {
    complain('order', 'The gates are asked before the hold-out has let it pass.');
  }
  if (body.candidate !== open.candidate || body.against !== arm.incumbent) {
    complain('decision', 'It is not about the challenger and the incumbent.');
  }
  if (body.entry <= holdout.entry) {
    complain('order', `Names entry ${body.entry} of the gate after entry ${holdout.entry}.`);
  }
  if (study.gatekeeper?.hasLeft && body.verdict === 'pass') {
    complain('order', 'The gatekeeper had told its secret before: nothing passes from then on.');
  }
  checkCasesNamed(study, body, complain);
  if (study.gate) checkVerdict(judgedBy(study, study.gate), body, complain);
  study.holdout = { ...holdout, entry: body.entry };
  if (body.verdict === 'pass') {
    open.isJudged = true;
    open.evidence = body.evidence;
    open.isNeedy = body.needsPerson === true;
    open.phase = advance(open.phase, 'gates-pass');
    return;
  }
  advance(open.phase, body.verdict === 'fail' ? 'gate-fail' : 'expire');
  arm.accepted -= 1;
  arm.failed += 1;
  study.open = undefined;
}

/** What of the number of cases can be told without the gate's record: it obeys the rule, and no candidate changes it. */
function checkCasesNamed(
  study: Evidence,
  { propertyCases }: EventBody['gate.judged'],
  complain: Complain,
): void {
  if (propertyCases === undefined) return;
  const { least, most } = study.opened.gates?.caseRule ?? { least: 1, most: Infinity };
  if (propertyCases < least || propertyCases > most) {
    const words = `It names ${propertyCases} cases of each property; the study promised ${least} to ${most}.`;
    complain('gate', words);
  }
  const { propertyCases: before = propertyCases } = study;
  if (before !== propertyCases) {
    complain('gate', `It names ${propertyCases} cases of each property, and one before ${before}.`);
  }
  study.propertyCases = before;
}

function judgedBy({ opened, gatekeeper }: Evidence, gate: GateEvidence): JudgedBy {
  return { gate, floor: opened.gates?.floor ?? [], digest: gatekeeper?.digest };
}

/** What the gate wrote of the audit is what the ledger was told. It ran beside the search: others came between. */
export function checkAuditAnswer(
  study: Evidence,
  { body }: StoredEvent<'audit.finished'>,
  complain: Complain,
): void {
  const { key: _key, signature: _signature, ...said } = body;
  if (study.gate) checkTold(study.gate, said, complain);
  study.holdout = { ...study.holdout, entry: Math.max(study.holdout.entry, body.entry) };
  if (body.verdict === 'fail') endAudited(study);
}

/** The open trial, where the audit was one ahead of its promotion. */
function endAudited(study: Evidence): void {
  const { open, pace } = study;
  const arm = study.arms.get(MAIN_ARM);
  if (!arm || !open || pace.audit?.to !== open.candidate) return;
  advance(open.phase, 'gate-fail');
  arm.accepted -= 1;
  arm.failed += 1;
  study.open = undefined;
}

/** The secret of its cases is the one it committed to before the first trial. */
export function checkLeft(
  study: Evidence,
  { body }: StoredEvent<'gatekeeper.left'>,
  complain: Complain,
): void {
  const { gatekeeper, open } = study;
  if (open) complain('order', `It leaves while trial ${open.trial} is open.`);
  if (gatekeeper?.secretCommit !== sha256(body.revealedSecret)) {
    complain('secret', 'The secret that the gatekeeper reveals is not the one it committed to.');
  } else if (study.gate) checkSamples(study.gate, body.revealedSecret, complain);
  if (gatekeeper) study.gatekeeper = { ...gatekeeper, hasLeft: true };
}

/** Least lower bound of recall (safety.md §3, C18), and the traps of each kind that count at most. */
const LEAST_RECALL = 0.95;
const WINDOW = 200;
const ROUNDING = 1e-9;

/** What the gate wrote; its bound follows from its counts, and those of traps from the traps before it. */
export function checkRated(
  study: Evidence,
  { body }: StoredEvent<'gate.rated'>,
  complain: Complain,
): void {
  const { traps, caught, recallLower, frozen, entry } = body;
  // Where no trap came between two ratings, the second is the first.
  study.holdout = { ...study.holdout, entry: Math.max(study.holdout.entry, entry) };
  const [lower] = wilson(caught, traps);
  if (Math.abs(lower - recallLower) > ROUNDING) {
    complain(
      'gate',
      `${caught} of ${traps} traps give a lower bound of ${lower}, not ${recallLower}.`,
    );
  }
  if (lower < LEAST_RECALL && !frozen) {
    complain(
      'gate',
      `A gate with a recall of at least ${lower} only is frozen, and this one is not.`,
    );
  }
  if (study.gate === undefined) return;
  const found = checkTold(study.gate, body, complain);
  if (found?.kind !== 'rated') return;
  for (const [is, told] of [
    ['cheat', found.body.live.traps],
    ['honest', found.body.live.honest],
  ] as const) {
    const due = study.gate.entries.filter(
      (one) => one.kind === 'trap' && one.entry < entry && one.body.is === is,
    ).length;
    if (told !== Math.min(due, WINDOW)) {
      complain('gate', `It counts ${told} traps of the kind "${is}" where ${due} were run before.`);
    }
  }
}

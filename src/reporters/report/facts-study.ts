/** Facts of the first and the last entry: what was fixed before the result, and how it ended. */
import type { EventBody } from '../../core/events.ts';
import { contentId, sha256 } from '../../core/hash.ts';
import type { Json } from '../../core/json.ts';
import { isOfDeepTier } from '../../core/safety-events.ts';
import type { AddFact } from './fact.ts';
import type { Given } from './given.ts';
import { countedText, countText, numberText, shortHash } from './number-text.ts';
import type { Tally } from './tally.ts';
import {
  CREDENTIALS_WORDS,
  checkNames,
  classWords,
  levelWords,
  ruleOf,
  ruleWords,
  whyUnchecked,
} from './words.ts';

/** Facts that no entry holds: the audit accepts exactly these without one. */
export const GIVEN_FACTS: readonly string[] = ['study.id', 'study.verify', 'ledger.logical'];

export function addStudyFacts(tally: Tally, given: Given, add: AddFact): void {
  addGiven(given, add);
  addOpened(tally, add);
  addRule(tally, add);
  addFirstTrial(tally, add);
  addSafety(tally, add);
  addMoved(tally, add);
  addClosed(tally, add);
  addHead(tally, add);
}

function addGiven({ id, head }: Given, add: AddFact): void {
  const how = 'The name of the folder that holds the ledger.';
  add({ id: 'study.id', value: id, text: id, seqs: [], how });
  const command = `paceline verify ${id}`;
  add({ id: 'study.verify', value: command, text: command, seqs: [], how });
  if (!head) return;
  add({
    id: 'ledger.logical',
    value: head.logical,
    text: shortHash(head.logical),
    seqs: [],
    how: 'Digest of every entry but for measured times, kept by the store; equal for equal histories.',
  });
}

function addOpened({ opened }: Tally, add: AddFact): void {
  if (!opened) return;
  const { body, seq } = opened;
  const texts = {
    'study.name': body.name,
    'study.metric': body.metric.name,
    'study.unit': body.metric.unit,
    'study.seed': body.seed,
    'study.engine': body.engine,
    'study.reproducible': body.reproducible,
    'study.rng': body.rng,
    ...(body.why === undefined ? {} : { 'study.why': body.why }),
  };
  for (const [id, text] of Object.entries(texts)) {
    add({ id, value: text, text, seqs: [seq], how: 'As recorded when the study was opened.' });
  }
  const hashes = {
    task: body.task,
    config: body.config,
    evaluator: body.evaluator,
    origin: body.origin,
  };
  for (const [id, hash] of Object.entries(hashes)) {
    const how = 'Content hash recorded when the study was opened.';
    add({ id: `hash.${id}`, value: hash, text: shortHash(hash), seqs: [seq], how });
  }
  if (body.improver) {
    const { id: value, generation } = body.improver;
    const text = [`generation ${generation}, ${shortHash(value)}`, ...usedOf(body)].join('; ');
    const how = 'The improver recorded when the study was opened.';
    add({ id: 'study.improver', value, text, seqs: [seq], how });
  }
  if (body.lessons) {
    const { length: value } = body.lessons;
    const text = `${countedText(value, 'lesson')} of earlier studies`;
    const how =
      'What proposers that write by prompts were told, of its improver or of closed studies.';
    add({ id: 'study.lessons', value, text, seqs: [seq], how });
  }
  for (const { name } of body.arms) {
    add({
      id: `arm.${name}`,
      value: name,
      text: name,
      seqs: [seq],
      how: 'Name of the arm when the study was opened.',
    });
  }
  const rerun = `paceline run --seed ${shellWord(body.seed)}`;
  const how = 'The public seed recorded when the study was opened.';
  add({ id: 'study.rerun', value: rerun, text: rerun, seqs: [seq], how });
}

const PLAIN_WORD = /^[\w.:@/+-]+$/;

function shellWord(text: string): string {
  return PLAIN_WORD.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function addRule({ opened }: Tally, add: AddFact): void {
  if (!opened) return;
  const { body, seq } = opened;
  const seqs = [seq];
  const isSame = contentId(body.rule as Json) === body.ruleHash;
  const words = ruleWords(ruleOf(body.rule), body.metric);
  add({
    id: 'rule.words',
    value: words,
    text: words,
    seqs,
    how: 'The rule of the first entry, in words.',
  });
  add({
    id: 'rule.hash',
    value: body.ruleHash,
    text: shortHash(body.ruleHash),
    seqs,
    how: 'Hash of the rule, recorded when the study was opened.',
  });
  add({
    id: 'rule.matches',
    value: isSame ? 'yes' : 'no',
    text: isSame ? 'is the hash of that rule' : 'is NOT the hash of that rule',
    seqs,
    how: 'The recorded rule hashed again and compared with the recorded hash.',
  });
  add({ id: 'rule.seq', value: seq, text: `entry ${seq}`, seqs, how: 'Where the rule stands.' });
}

function addFirstTrial({ firstTrialSeq }: Tally, add: AddFact): void {
  if (firstTrialSeq === undefined) return;
  const text = `entry ${countText(firstTrialSeq)}`;
  const how = 'The first trial.settled of the ledger.';
  add({ id: 'trials.firstSeq', value: firstTrialSeq, text, seqs: [firstTrialSeq], how });
}

function addMoved({ moved }: Tally, add: AddFact): void {
  const [first] = moved;
  if (first === undefined) return;
  const text = [...new Set(moved.map(({ isolation }) => isolation))].join('; ');
  const seqs = moved.map(({ seq }) => seq);
  const how = 'As recorded when the study was resumed, where it differs.';
  add({ id: 'safety.resumedIn', value: text, text, seqs, how });
}

function addSafety(tally: Tally, add: AddFact): void {
  const { opened } = tally;
  if (!opened) return;
  const { body, seq } = opened;
  const seqs = [seq];
  const how = 'As recorded when the study was opened.';
  const isolation = body.isolation === '' ? 'not recorded' : body.isolation;
  add({ id: 'safety.isolation', value: body.isolation, text: isolation, seqs, how });
  add({
    id: 'safety.evaluatorClass',
    value: body.evaluatorClass,
    text: classWords(body.evaluatorClass),
    seqs,
    how,
  });
  if (body.lanes.some(({ holdsCredentials }) => holdsCredentials)) {
    const text = CREDENTIALS_WORDS;
    add({ id: 'safety.credentials', value: text, text, seqs, how });
  }
  const level = levelWords(body.autonomy);
  add({ id: 'safety.autonomy', value: body.autonomy, text: level, seqs, how });
  addUnchecked(opened, tally, add);
  if (body.gates && body.gates.floor.length > 0) {
    const floor = body.gates.floor.join(', ');
    add({ id: 'safety.floor', value: floor, text: floor, seqs, how });
  }
  const commit = body.secretCommit;
  add({ id: 'secret.commit', value: commit, text: shortHash(commit), seqs, how });
}

function addUnchecked(
  { body, seq }: NonNullable<Tally['opened']>,
  tally: Tally,
  add: AddFact,
): void {
  const [deep, unchecked] = apart(tally);
  const decided = deep.length > 0 ? decidedAudits(tally) : [];
  const seqs = [seq, ...decided.map((one) => one.seq)];
  const since = deep.length > 0 ? ', but for what deep audits looked at since' : '';
  const how = `As recorded when the study was opened${since}.`;
  const missing = unchecked.length;
  const text = countText(missing);
  add({ id: 'safety.uncheckedCount', value: missing, text, n: missing, seqs, how });
  const names = body.gates
    ? whyUnchecked(body.gates.unchecked.filter(({ check }) => unchecked.includes(check)))
    : checkNames(unchecked);
  add({ id: 'safety.unchecked', value: names, text: names, seqs, how });
  const short = checkNames(unchecked);
  add({ id: 'safety.uncheckedNames', value: short, text: short, seqs, how });
  if (deep.length === 0) return;
  // Which of its checks an audit had the time for is in the gatekeeper's record: the ledger says how much of them.
  const { completeness = 0 } = decided.at(-1)?.body ?? {};
  const listed = checkNames(deep);
  add({
    id: 'safety.deepOnly',
    value: listed,
    text: `${listed}; the last audit kept ${numberText(100 * completeness)} % of what audits promise`,
    n: decided.length,
    seqs,
    how: 'Checks that look in deep audits and before no promotion.',
  });
}

type Audited = Tally['safety']['audits'];

/** Those that came to a verdict. */
function decidedAudits({ safety }: Tally): Audited {
  return safety.audits.filter(({ body }) => body.verdict !== 'deferred');
}

/** Checks of deep audits alone where one came to a verdict; and those that nobody carried out. */
function apart(tally: Tally): readonly [readonly string[], readonly string[]] {
  const { unchecked = [], gates } = tally.opened?.body ?? {};
  const isDecided = decidedAudits(tally).length > 0;
  const isDeep = (name: string): boolean =>
    isDecided && (gates?.unchecked.some((one) => one.check === name && isOfDeepTier(one)) ?? false);
  return [unchecked.filter(isDeep), unchecked.filter((name) => !isDeep(name))];
}

function addClosed({ opened, closed }: Tally, add: AddFact): void {
  if (!closed) return;
  const { reason, stoppedBy, revealedSecret } = closed.body;
  const text = stoppedBy === undefined ? reason : `${reason} (${stoppedBy})`;
  const how = 'The reason in the closing entry.';
  add({ id: 'study.closed', value: reason, text, seqs: [closed.seq], how });
  if (!opened || revealedSecret === undefined) return;
  const matches = sha256(revealedSecret) === opened.body.secretCommit;
  add({
    id: 'secret.matches',
    value: matches ? 'yes' : 'no',
    text: matches ? 'fits its commitment' : 'does NOT fit its commitment',
    seqs: [opened.seq, closed.seq],
    how: 'The secret revealed at the end, hashed and compared with the commitment of the first entry.',
  });
}

function addHead({ head }: Tally, add: AddFact): void {
  if (head.seq === 0) return;
  const seqs = [head.seq];
  const how = 'The last entry read.';
  add({ id: 'ledger.seq', value: head.seq, text: countText(head.seq), seqs, how });
  add({ id: 'ledger.hash', value: head.hash, text: shortHash(head.hash), seqs, how });
  const whole = `${head.seq}:${head.hash}`;
  add({ id: 'ledger.head', value: whole, text: whole, seqs, how });
}

/** What of its improver a study uses besides the library; of lessons nobody can tell whose they are. */
function usedOf({ improver, memory }: EventBody['study.opened']): readonly string[] {
  const at = memory?.from.findIndex(({ isImprover }) => isImprover) ?? -1;
  const deadEnds = memory?.deadEnds.filter(([, from]) => from === at).length ?? 0;
  return [
    ...(deadEnds > 0 ? [countedText(deadEnds, 'dead end')] : []),
    ...(improver?.taste ? ['its taste'] : []),
    ...(improver?.prompts ? [`prompts ${improver.prompts.join(', ')}`] : []),
  ];
}

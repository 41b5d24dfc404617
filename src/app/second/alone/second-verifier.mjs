/**
 * A second verifier, which shares no line with the engine: this one file and Node. It reads what
 * `paceline export ledger` writes, derives what it can, and names what it does not. Exit code 0 where all
 * of that holds, 65 where not: node second-verifier.mjs LEDGER.jsonl [--head SEQ:HASH] [--roots STUDY.json]
 */
import { createHash, createPublicKey, verify as verifyBytes } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';

const hashOf = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return `sha256:${hash.digest('hex')}`;
};
const bytesOf = (hash) => Buffer.from(hash.slice(7), 'hex');

/** RFC 8785: keys by UTF-16 code units; JSON.stringify writes numbers and texts as it asks. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.keys(value).filter((key) => value[key] !== undefined);
  return `{${fields
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)
    .join(',')}}`;
}

/** RFC 6962: split at the largest power of two below the count. */
function treeRoot(leaves) {
  if (leaves.length === 0) return hashOf('');
  if (leaves.length === 1) return hashOf(Buffer.of(0), bytesOf(leaves[0]));
  const split = 2 ** Math.floor(Math.log2(leaves.length - 1));
  const sides = [leaves.slice(0, split), leaves.slice(split)];
  return hashOf(Buffer.of(1), ...sides.map((side) => bytesOf(treeRoot(side))));
}

function isSignedBy(publicKey = '', text, signature) {
  try {
    const spki = Buffer.concat([ED25519_PREFIX, Buffer.from(publicKey, 'base64')]);
    const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    return verifyBytes(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
/** SubjectPublicKeyInfo of RFC 8410, up to the 32 bytes of the key. */
const ED25519_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

const without = (signed) => ({ ...signed, signature: undefined });

/** Records of the keys: public keys with the times between which each signs. */
function readKeys(records, complain) {
  const keys = new Map();
  let [current, previous] = [undefined, null];
  for (const record of records) {
    const { kind, key, publicKey = '', at, number } = record;
    const by = kind === 'made' ? record : keys.get(current);
    const isWhole =
      record.previous === previous &&
      record.signedBy === by?.key &&
      isSignedBy(by?.publicKey, canonical(without(record)), record.signature) &&
      (kind === 'revoked' || hashOf(Buffer.from(publicKey, 'base64')) === key);
    if (!isWhole) complain(0, `record ${number} of the signing keys does not hold`);
    previous = hashOf(canonical(record));
    if (kind === 'revoked') {
      const span = keys.get(key);
      if (span) span.revokedFrom = Math.min(span.revokedFrom, record.from);
      continue;
    }
    if (keys.has(current)) keys.get(current).to = at;
    current = key;
    keys.set(key, { key, publicKey, from: at, to: Infinity, revokedFrom: Infinity });
  }
  return keys;
}

/** Entries are stamped a moment after they were signed. */
const SLACK_MS = 60_000;
const counts = (key, at) =>
  key && at < key.revokedFrom && at <= key.to + SLACK_MS && at >= key.from - SLACK_MS;

const SEPARATOR = '\u001f';
function checkChain(rows, heads, complain) {
  let hash = hashOf('paceline.ledger/1');
  rows.forEach((row, i) => {
    const { seq, type, v, trial, actor, body, meta } = row;
    const said = [type, trial ?? '', actor, body].join(SEPARATOR);
    hash = hashOf([hash, seq, v, said, meta].join(SEPARATOR));
    if (seq !== i + 1) complain(i + 1, `stands as entry ${seq}`);
    if (row.hash !== hash) complain(i + 1, 'its hash does not fit what is there and before it');
    hash = row.hash;
  });
  for (const head of heads) {
    const [, seq, wanted] = /^(?:(\d+):)?(sha256:[0-9a-f]{64})$/.exec(head) ?? [];
    const isThere = rows.some((row) => row.hash === wanted && row.seq === Number(seq ?? row.seq));
    if (!isThere) complain(Number(seq) || rows.length, `the head ${head} is not in this ledger`);
  }
}

function checkPublished(rows, published, complain) {
  const keys = readKeys(published.keys, complain);
  let to = 0;
  for (const root of published.roots) {
    const text = statement({ study: published.commit, type: 'root.signed', body: root });
    if (!isSignedBy(keys.get(root.key)?.publicKey, text, root.signature))
      complain(root.from, `published root ${root.generation} is signed by no known key`);
    if (root.from !== to + 1) complain(root.from, 'a published root is left out before it');
    to = root.to;
    const range = rows.slice(root.from - 1, root.to).map((row) => row.hash);
    if (range.length < root.to - root.from + 1) complain(rows.length + 1, 'the end was cut');
    else if (treeRoot(range) !== root.root)
      complain(root.from, `not the entries up to ${root.to} that were published`);
  }
}

function statement({ study, type, body, about }) {
  const decision = { schema: 'paceline.decision/1', study, type, body: without(body) };
  return canonical(about ? { ...decision, about } : decision);
}

/** Linear between order statistics. */
function quantileOf(values, q) {
  const ordered = [...values].sort((a, b) => a - b);
  const at = (ordered.length - 1) * q;
  const [low, high] = [ordered[Math.floor(at)], ordered[Math.ceil(at)]];
  return low + (at - Math.floor(at)) * (high - low);
}
const spreadOf = (values) => (quantileOf(values, 0.75) - quantileOf(values, 0.25)) / 1.34898;

/** Of the floor; else of the screen, where that was in pairs; 0 where neither shows one. */
function scaleFrom(floor, screened) {
  const spread = spreadOf(floor);
  const steps = floor.slice(1).map((value, i) => Math.abs(value - floor[i]));
  const short = quantileOf(steps, 0.5) / 0.953873;
  if (spread > 0) return Math.SQRT2 * (spread > 1.5 * short && short > 0 ? short : spread);
  const known = screened.filter(Number.isFinite);
  return known.length < 2 ? 0 : spreadOf(known);
}

const BETS = [0.25, 0.5, 1, 2, 4].flatMap((bet) => [0.6, 0.95].map((cap) => [bet, cap]));

/** log K after each pair. */
function evidence(differences, { scale: given, margin }) {
  let scale = given;
  const wealth = BETS.map(() => 0);
  return differences.map((difference) => {
    const gain = (Number.isNaN(difference) ? 0 : difference) - margin;
    if (scale === 0 && Number.isFinite(gain)) scale = Math.abs(gain);
    for (const [i, [bet, cap]] of BETS.entries()) {
      const isSize = Number.isFinite(gain) && gain !== 0;
      wealth[i] += Math.log(1 + cap * (isSize ? Math.tanh((bet * gain) / scale) : Math.sign(gain)));
    }
    const most = Math.max(...wealth);
    return most + Math.log(wealth.reduce((sum, one) => sum + Math.exp(one - most) / 10, 0));
  });
}

const share = (k) => 1 / (2.1097428012 * (k + 1) * Math.log(k + 1) ** 2);

const levelOf = ({ mode, alpha }, { attempts, accepted }) =>
  alpha * (mode === 'fwer' ? share(attempts - accepted + 1) : share(attempts + 1) * (accepted + 1));

const isNear = (a, b, size = 0) =>
  Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b), size);

const oriented = ({ goal, kind }, value) =>
  kind === 'time' ? -Math.log(value) : goal === 'max' ? value : -value;

function differencesOf(metric, { values, againstValues = [] }) {
  return values.map((value, i) => {
    const against = againstValues[i] ?? null;
    if (value === null) return against === null ? Number.NaN : -Infinity;
    return against === null ? Infinity : oriented(metric, value) - oriented(metric, against);
  });
}

function newStudy(opened, keys) {
  const newArm = () => ({ attempts: 0, accepted: 0, incumbent: opened.origin, pairs: {} });
  const derived = { signatures: 0, roots: 0, confirms: 0, promotions: 0 };
  const arms = new Map(opened.arms.map(({ name }) => [name, newArm()]));
  const told = new Map();
  const seen = {
    about: new Map(),
    waiting: new Map(),
    barred: new Set(),
    hashes: [],
    rootTo: 0,
    floor: [],
  };
  return { opened, arms, keys, isKeysGiven: keys.size > 0, told, derived, ...seen };
}

function checkSigned(study, event, complain) {
  const { type, body, at } = event;
  if (body.signature === undefined) return false;
  const key = study.keys.get(body.key);
  const isDated = !study.isKeysGiven || counts(key, at);
  if (!isDated) complain('signed by a key that does not count at that time');
  const about = study.about.get(`${type} ${body.audit ?? body.approval}`);
  const text = statement({ study: study.opened.secretCommit, type, body, about });
  const publicKey = key?.publicKey ?? study.told.get(body.key);
  const isGood = isSignedBy(publicKey, text, body.signature);
  if (isGood) study.derived.signatures += 1;
  else complain(publicKey ? 'its signature does not fit' : 'signed by an unknown key');
  return isGood && isDated;
}

/** Only the accepting side is derived: stopping early costs power, never error. */
function checkConfirm(study, { body }, complain) {
  const { rule, metric } = study.opened;
  const arm = study.arms.get(body.arm);
  const differences = arm.pairs.confirm ?? [];
  if (rule.method === 'symmetric' && !rule.guards && !body.pool) {
    const level = levelOf(rule, arm);
    const first = Math.abs((differences.find(Number.isFinite) ?? rule.minEffect) - rule.minEffect);
    const floor = study.floor.map((value) => oriented(metric, value));
    const scale = scaleFrom(floor, arm.screened ?? []) || first;
    const path = evidence(differences.slice(0, body.n), { scale, margin: rule.minEffect });
    const reached = path.findIndex((one) => one >= Math.log(1 / level));
    const due = reached >= 0 ? 'accepted' : 'unconfirmed';
    if (!isNear(level, body.alpha)) complain(`its level is ${level}, not ${body.alpha}`);
    if (!isNear(scale, body.spec.scale)) complain(`its scale is ${scale}, not ${body.spec.scale}`);
    if (path.length < body.n) complain(`only ${path.length} of its ${body.n} pairs are recorded`);
    if (due !== body.verdict) complain(`recorded as ${body.verdict}, and its pairs say ${due}`);
    if (!isNear(path.at(-1) ?? 0, body.logE, 1))
      complain(`log E is ${path.at(-1)}, not ${body.logE}`);
    study.derived.confirms += 1;
  }
  if (body.against !== arm.incumbent) complain('it is not against the incumbent');
  if (body.candidate !== arm.challenger) complain('it is not about the challenger');
  arm.attempts += 1;
  arm.confirmed = body.verdict === 'accepted' ? body.candidate : undefined;
  // Only what is promoted gives its share of the budget back; of a control that is every acceptance.
  if (arm.confirmed && body.arm !== 'main') {
    arm.accepted += 1;
    arm.incumbent = body.candidate;
  }
}

function checkPromotion(study, { body, seq }, complain) {
  const arm = study.arms.get(body.arm);
  const { gates, holdout, rule, metric } = study.opened;
  const verdict = study.verdict ?? {};
  const isJudged = verdict.candidate === body.candidate && verdict.against === body.from;
  study.derived.promotions += 1;
  if (arm.confirmed !== body.candidate) complain('promoted without an accepted confirm');
  if (body.from !== arm.incumbent) complain('it replaces another than the incumbent');
  if (study.barred.has(body.candidate)) complain('it was rolled back before');
  if (holdout && arm.heldOut !== body.candidate) complain('promoted without the hold-out');
  if (gates && !(isJudged && verdict.verdict === 'pass' && verdict.isSigned))
    complain('promoted without a passing, signed verdict of the gate');
  const asksPerson = study.opened.autonomy < 4 || (isJudged && verdict.needsPerson);
  if (asksPerson && study.approved !== body.candidate)
    complain('promoted without the approval of a person, who had to agree');
  if (study.pace === 'stop') complain('promoted while the pace was stopped');
  const scored = (arm.pairs.block ?? []).filter(Number.isFinite);
  const mean = scored.reduce((sum, one) => sum + one, 0) / scored.length;
  const size = Math.max(...scored.map(Math.abs));
  if (rule.mode !== 'exact' && scored.length > 1 && !isNear(mean, body.gain, size))
    complain(`its block gives a gain of ${mean} ${metric.unit}, not ${body.gain}`);
  arm.accepted += 1;
  Object.assign(arm, { incumbent: body.candidate, confirmed: undefined, heldOut: undefined });
  Object.assign(study, { promotedAt: seq, approved: undefined, verdict: undefined });
}

const CHECKS = {
  'study.opened': (_study, _event, complain) => complain('the study opens again'),
  'noise.measured': (study, { body }) => Object.assign(study, { floor: body.values }),
  'gatekeeper.joined': (study, { body, at }, complain) => {
    const isId = hashOf(Buffer.from(body.publicKey, 'base64')) === body.key;
    if (!isId || (study.isKeysGiven && !counts(study.keys.get(body.key), at)))
      complain('the gatekeeper joins with a key that does not count');
    study.told.set(body.key, body.publicKey);
  },
  'trial.settled': (study, { body }) => {
    const arm = study.arms.get(body.arm);
    if (body.end !== null) return;
    const screened = body.againstValues ? differencesOf(study.opened.metric, body) : [];
    Object.assign(arm, { challenger: body.candidate, screened, pairs: {} });
  },
  'measurement.recorded': (study, { body }) => {
    const arm = study.arms.get(body.arm);
    if (body.purpose !== 'confirm' && body.purpose !== 'block') return;
    const pairs = differencesOf(study.opened.metric, body);
    arm.pairs[body.purpose] = [...(arm.pairs[body.purpose] ?? []), ...pairs];
  },
  'trial.confirmed': checkConfirm,
  'holdout.queried': ({ arms }, { body: { gate, candidate } }) =>
    Object.assign(arms.get('main'), { heldOut: gate === 'pass' ? candidate : undefined }),
  'gate.judged': (study, event, complain) => {
    study.verdict = { ...event.body, isSigned: checkSigned(study, event, complain) };
  },
  'audit.opened': ({ about }, { body: { audit, from, to } }) =>
    about.set(`audit.finished ${audit}`, { from, to }),
  'audit.finished': checkSigned,
  'approval.requested': (study, { body }) => {
    const arm = study.arms.get('main');
    study.about.set(`approval.decided ${body.approval}`, body);
    if (body.about !== 'promotion') return;
    study.waiting.set(body.approval, { verdict: study.verdict, arm: { ...arm } });
    Object.assign(arm, { confirmed: undefined });
  },
  'approval.decided': (study, event, complain) => {
    const { approval, decision, at, again } = event.body;
    const asked = study.about.get(`approval.decided ${approval}`);
    const isSigned = checkSigned(study, event, complain);
    if (decision !== 'approve' && !again) return;
    const { arm: waited, verdict } = study.waiting.get(approval) ?? {};
    const { attempts, accepted, incumbent, ...rest } = study.arms.get('main');
    const counted = { attempts, accepted, incumbent };
    if (waited) Object.assign(study.arms.get('main'), rest, waited, counted);
    if (again) return;
    const { evidence: seen } = verdict ?? { evidence: study.opened.secretCommit };
    Object.assign(study, { verdict, approved: asked?.candidate });
    if (!asked || !isSigned) complain('approved without a request or a signature');
    else if (at < asked.requestedAt || at >= asked.expiresAt)
      complain('approved out of the time in which the request stood');
    else if (waited && (asked.against !== incumbent || asked.evidence !== seen))
      complain('approved against another incumbent, or on another verdict of the gate');
  },
  'pace.changed': (study, { body }) => Object.assign(study, { pace: body.verdict }),
  'candidate.rolled-back': (study, { body }) => {
    study.arms.get(body.arm).incumbent = body.to;
    for (const one of body.quarantined) study.barred.add(one);
  },
  'candidate.promoted': checkPromotion,
  'root.signed': (study, event, complain) => {
    const { from, to, root } = event.body;
    checkSigned(study, event, complain);
    if (from !== study.rootTo + 1) complain('entries before it have no root');
    if (treeRoot(study.hashes.slice(from - 1, to)) !== root)
      complain('not the entries it was over');
    else study.derived.roots += 1;
    study.rootTo = to;
  },
  'study.closed': (study, { body, seq }, complain) => {
    const { secretCommit } = study.opened;
    if (hashOf(body.revealedSecret ?? '') !== secretCommit) complain('another secret is revealed');
    if (study.told.size > 0 && (study.promotedAt ?? 0) > study.rootTo)
      complain('closed with a promotion that has no signed root');
    if (seq !== study.last) complain('entries stand after the end');
  },
};

function follow(rows, keys, complain) {
  let study;
  for (const row of rows) {
    const say = (detail) => complain(row.seq, detail);
    try {
      const body = JSON.parse(row.body);
      const event = { ...row, body, at: JSON.parse(row.meta).at };
      if (study === undefined) study = openedBy(event, keys, say);
      else CHECKS[row.type]?.(study, event, say);
      study.last = rows.length;
    } catch (error) {
      say(`it cannot be followed (${error.message}); nothing after it was derived`);
      break;
    }
    study.hashes.push(row.hash);
  }
  return study;
}

function openedBy({ type, body }, keys, say) {
  if (type !== 'study.opened') throw new Error('the ledger does not begin with study.opened');
  if (hashOf(canonical(body.rule)) !== body.ruleHash) say('its rule has another hash');
  if (hashOf(body.originText) !== body.origin) say('its origin has another hash');
  return newStudy(body, keys);
}

function notDerived({ opened, isKeysGiven } = {}) {
  if (opened === undefined) return ['anything: the first entry cannot be read'];
  const { rule, pool } = opened;
  return [
    'whether a gain was large enough for a person to be asked',
    'screens, admissions, duplicates, steering, comparisons with controls, costs, intervals of gains',
    'that case numbers come from seed and secret; when an attempt ends for want of evidence',
    'what is inside the gate: its evidence, traps and sealed sets',
    ...(rule.method === 'symmetric' ? [] : [`evidence by method ${rule.method ?? rule.mode}`]),
    ...(rule.guards ? ['verdicts beside guards'] : []),
    ...(pool?.use === 'bit' ? ['verdicts on a shared pool'] : []),
    ...(isKeysGiven ? [] : ['whose the signing keys are: no records of them were given']),
  ];
}

export function judgeLedger({ header, rows, heads = [], published }) {
  const findings = [];
  const complain = (seq, detail) => findings.push({ seq, detail });
  checkChain(rows, heads, complain);
  if (published) checkPublished(rows, published, complain);
  const keys = readKeys(header.keys ?? published?.keys ?? [], complain);
  const study = follow(rows, keys, complain);
  const last = rows.at(-1);
  return {
    schema: 'paceline.second/1',
    study: header.study,
    ok: findings.length === 0,
    head: last ? `${last.seq}:${last.hash}` : undefined,
    derived: { entries: rows.length, ...study?.derived },
    findings: findings.sort((a, b) => a.seq - b.seq),
    notDerived: notDerived(study),
  };
}

function main([file, ...options]) {
  const given = (name) => options.flatMap((one, i) => (options[i - 1] === name ? [one] : []));
  const [heads, [roots]] = [given('--head'), given('--roots')];
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const [header, ...rows] = lines.map((line) => JSON.parse(line));
  const isAsked = options.length === 2 * (heads.length + (roots ? 1 : 0));
  if (!isAsked || header.schema !== 'paceline.ledger/1') throw new Error('see its first lines');
  const published = roots && JSON.parse(readFileSync(roots, 'utf8'));
  const result = judgeLedger({ header, rows, heads, published });
  process.stdout.write(`${JSON.stringify(result)}\n`);
  process.exitCode = result.ok ? 0 : 65;
}

if (import.meta.filename === realpathSync(process.argv[1] ?? '.')) main(process.argv.slice(2));

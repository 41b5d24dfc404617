import { expect, test } from 'vitest';
import {
  FORBIDDEN,
  type Forbidden,
  type JailProbe,
  type LookRequest,
} from '../sandboxes/contract.ts';
import { DECLARATION, gateBench, intakeOf } from '../testing/gate-bench.ts';
import { jailCheck } from './c1-jail.ts';
import type { Intake } from './contract.ts';

/** What a program does in a jail. */
interface Deeds {
  readonly opens?: readonly string[];
  readonly tries?: readonly Forbidden[];
  /** It gets no score whatever happens. */
  readonly isBroken?: true;
}

function probeOf(
  programs: Readonly<Record<string, Deeds>>,
  blind: readonly string[] = [],
  tells: readonly Forbidden[] = FORBIDDEN,
) {
  const looks: LookRequest[] = [];
  const probe: JailProbe = {
    blind,
    tells,
    async look(request) {
      looks.push(request);
      const { opens = [], tries = [], isBroken } = programs[request.candidate.text] ?? {};
      const isKilled = tries.some((kind) => request.forbids.includes(kind));
      const scored = isKilled || isBroken ? 0 : request.cases.length;
      const isWatched = blind.length === 0;
      return { scored, touched: isWatched ? opens : [], isKilled, isWatched, cpuMs: 1 };
    },
  };
  return { probe, looks };
}

async function judged(
  candidate: Deeds,
  origin: Deeds = {},
  {
    blind,
    tells,
  }: { readonly blind?: readonly string[]; readonly tells?: readonly Forbidden[] } = {},
) {
  const { probe, looks } = probeOf({ candidate, incumbent: origin }, blind, tells);
  const { signal } = new AbortController();
  const found = await jailCheck.judge(intakeOf(), gateBench({ jail: probe }), signal);
  return { found, looks };
}

test('an honest program passes after one look', async () => {
  const { found, looks } = await judged({});
  expect(found).toEqual({
    verdict: 'pass',
    why: 'On 2 secret cases it opened no canary and tried nothing that is denied.',
    evidence: { scored: 2, forbids: FORBIDDEN, unseen: [] },
    cases: 2,
    suspicion: 0,
    completeness: 1,
  });
  expect(looks).toHaveLength(1);
  expect(looks[0]).toMatchObject({ candidate: { text: 'candidate' }, forbids: FORBIDDEN });
  expect(looks[0]?.cases).toHaveLength(2);
});

test('each ticket has cases of its own, and an audit looks at more', async () => {
  const casesOf = async (over: Partial<Intake>) => {
    const { probe, looks } = probeOf({});
    const { signal } = new AbortController();
    const found = await jailCheck.judge(intakeOf(over), gateBench({ jail: probe }), signal);
    return { cases: looks[0]?.cases ?? [], found };
  };
  const [one, again, other, deep] = await Promise.all([
    casesOf({ ticket: 'a' }),
    casesOf({ ticket: 'a' }),
    casesOf({ ticket: 'b' }),
    casesOf({ ticket: 'a', tier: 'deep' }),
  ]);
  expect(one.cases).toEqual(again.cases);
  expect(one.cases).not.toEqual(other.cases);
  expect([deep.cases.length, deep.found.cases]).toEqual([32, 32]);
});

test('an opened canary rejects and is an incident', async () => {
  const { found } = await judged({ opens: ['an ssh key'] });
  expect(found).toEqual({
    verdict: 'fail',
    why: 'It opened or gave what it has no business with: an ssh key.',
    evidence: { touched: ['an ssh key'] },
    cases: 2,
    suspicion: 1,
    incident: 'canary touched',
  });
  const several = await judged({ opens: ['an ssh key', 'a token'] });
  expect(several.found.why).toMatch(/: an ssh key, a token\.$/);
});

test('several attempts are named together, each once; among them one is enough for an attack', async () => {
  const { found } = await judged({ tries: ['processes', 'network'] });
  expect(found).toMatchObject({
    verdict: 'fail',
    suspicion: 1,
    cases: 2,
    incident: 'denied call',
    evidence: { attempted: ['network', 'processes'] },
  });
  expect(found.why).toBe(
    'It tried what a jail denies, and what the origin does not try: the network, another process of its own.',
  );
});

test('an attempt that does not come back was one all the same', async () => {
  let looks = 0;
  const look: JailProbe['look'] = async ({ cases }) => {
    const isKilled = looks++ === 0;
    return {
      scored: isKilled ? 0 : cases.length,
      touched: [],
      isKilled,
      isWatched: true,
      cpuMs: 1,
    };
  };
  const jail: JailProbe = { blind: [], tells: FORBIDDEN, look };
  const { signal } = new AbortController();
  const found = await jailCheck.judge(intakeOf(), gateBench({ jail }), signal);
  expect(found).toMatchObject({ verdict: 'fail', incident: 'denied call' });
  expect(found.why).toMatch(/does not try: something that is denied, once\.$/);
});

test('a watch that ended is said, and covers half', async () => {
  const look: JailProbe['look'] = async ({ cases }) => ({
    scored: cases.length,
    touched: [],
    isKilled: false,
    isWatched: false,
    cpuMs: 1,
  });
  const { signal } = new AbortController();
  const jail: JailProbe = { blind: [], tells: FORBIDDEN, look };
  const found = await jailCheck.judge(intakeOf(), gateBench({ jail }), signal);
  expect(found).toMatchObject({
    verdict: 'pass',
    completeness: 0.5,
    evidence: { unseen: ['whether a canary is opened: the watch ended'] },
  });
  expect(found.why).toMatch(
    /denied; not told here: whether a canary is opened: the watch ended\.$/,
  );
});

test.each([
  ['network', /the network/, 'denied call'],
  ['other processes', /the memory of other processes/, 'denied call'],
  ['the system', /mounts, namespaces or the kernel/, 'denied call'],
  ['processes', /another process of its own/, undefined],
] as const)('an attempt at %s rejects and is named', async (kind, says, incident) => {
  const { found } = await judged({ tries: [kind] });
  expect(found.verdict).toBe('fail');
  expect(found.why).toMatch(says);
  expect(found.incident).toBe(incident);
});

test('what the origin does too is held against nobody, and is not seen any more', async () => {
  const habits: Deeds = { opens: ['a file of settings'], tries: ['processes'] };
  const { found } = await judged(habits, habits);
  expect(found).toMatchObject({ verdict: 'pass', completeness: 0.875 });
  expect(found.why).toMatch(/not told here: attempts at another process of its own/);
  const more = await judged({ ...habits, tries: ['processes', 'network'] }, habits);
  expect(more.found).toMatchObject({ verdict: 'fail', incident: 'denied call' });
  expect(more.found.why).not.toMatch(/another process/);
  const opens = ['a file of settings', 'a hold-out'];
  expect((await judged({ ...habits, opens }, habits)).found.why).toMatch(/a hold-out\.$/);
});

test('where an opened canary cannot be seen it covers half, and says so', async () => {
  const { found } = await judged(
    { opens: ['an ssh key'] },
    {},
    { blind: ['whether a canary is opened: no'] },
  );
  expect(found).toMatchObject({ verdict: 'pass', completeness: 0.5 });
  expect(found.why).toMatch(/not told here: whether a canary is opened: no/);
});

test('where the evaluator may start processes an attempt at one is not asked about', async () => {
  const tells = FORBIDDEN.filter((kind) => kind !== 'processes');
  const { found, looks } = await judged({}, {}, { tells });
  expect(found).toMatchObject({ verdict: 'pass', completeness: 0.875 });
  expect(looks[0]?.forbids).toEqual(tells);
});

test('nothing is seen of a program that gets no score, or without a probe', async () => {
  expect((await judged({ isBroken: true })).found).toMatchObject({
    verdict: 'inconclusive',
    why: 'None of 2 secret cases got a score among the canaries, so nothing was seen of it.',
    suspicion: 0.5,
    cases: 2,
    evidence: { scored: 0 },
  });
  const { signal } = new AbortController();
  expect(await jailCheck.judge(intakeOf(), gateBench(), signal)).toEqual({
    verdict: 'inconclusive',
    why: 'No jail with canaries was opened, so nobody looked.',
    evidence: null,
    cases: 0,
  });
});

test('it does not apply where nothing can be reached for or nothing is denied', () => {
  expect(jailCheck.inapplicable({ ...DECLARATION, form: 'forest' })).toMatch(/closed language/);
  expect(jailCheck.inapplicable({ ...DECLARATION, isJailed: false })).toMatch(/J2 or better/);
  expect(jailCheck.inapplicable(DECLARATION)).toBeUndefined();
});

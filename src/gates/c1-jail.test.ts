import { expect, test } from 'vitest';
import {
  FORBIDDEN,
  type Forbidden,
  type JailProbe,
  type LookRequest,
} from '../sandboxes/contract.ts';
import { DECLARATION, gateBench, intakeOf } from '../testing/gate-bench.ts';
import { jailCheck } from './c1-jail.ts';

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
  expect(found).toMatchObject({ verdict: 'pass', completeness: 1, suspicion: 0 });
  expect(found).not.toHaveProperty('incident');
  expect(looks).toHaveLength(1);
});

test('an opened canary rejects and is an incident', async () => {
  const { found } = await judged({ opens: ['an ssh key'] });
  expect(found).toMatchObject({ verdict: 'fail', incident: 'canary touched', suspicion: 1 });
  expect(found.why).toMatch(/an ssh key/);
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
  expect((await judged({ isBroken: true })).found.verdict).toBe('inconclusive');
  const { signal } = new AbortController();
  expect((await jailCheck.judge(intakeOf(), gateBench(), signal)).verdict).toBe('inconclusive');
});

test('it does not apply where nothing can be reached for or nothing is denied', () => {
  expect(jailCheck.inapplicable({ ...DECLARATION, form: 'forest' })).toMatch(/closed language/);
  expect(jailCheck.inapplicable({ ...DECLARATION, isJailed: false })).toMatch(/J2 or better/);
  expect(jailCheck.inapplicable(DECLARATION)).toBeUndefined();
});

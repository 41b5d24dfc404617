/**
 * About one in twenty of what the gate examines is a trap: a known cheat or an honest control, judged by the same
 * checks after a real candidate was. Which, and when, follows from the gatekeeper's secret; the engine neither
 * waits for one nor is told of it but in the sums of a rating.
 */
import { PacelineError } from '../core/errors.ts';
import { canonicalJson, sha256 } from '../core/hash.ts';
import { secretRoot } from '../core/rng.ts';
import type { Bench } from './bench.ts';
import type { GateRating } from './contract.ts';
import { claimedBy } from './covers.ts';
import { type Examined, examine } from './examine.ts';
import {
  endOf,
  isCaught,
  isRefused,
  type KnownBench,
  type KnownCase,
  type KnownTask,
  knownIntake,
  seenThrough,
} from './known.ts';
import type { Qualification } from './qualification.ts';
import { rate, type TrapEnd, wantsRecalibration } from './rating.ts';
import { inTime } from './ration.ts';

/** After so many real candidates one trap, on average: 5 % of the intake. */
const PER_TRAP = 19;

export interface TrapParts {
  readonly bench: Pick<Bench, 'kept' | 'clock' | 'evidence' | 'digest' | 'secret'>;
  /** Of the checks that apply here. */
  readonly qualification: Qualification;
  readonly tasks: readonly KnownTask[];
}

interface Trap {
  readonly task: KnownTask;
  readonly one: KnownCase;
}

/** Every trap that is due and has no entry yet: also those that a killed gatekeeper left. */
export async function runTraps(parts: TrapParts, signal: AbortSignal): Promise<void> {
  for (const after of dueTraps(parts)) {
    const trap = drawn(parts, after);
    if (trap) await runTrap(parts, { ...trap, after }, signal);
  }
}

/** @returns Numbers of real candidates after which one is due, from 1. */
export function dueTraps({ bench }: Pick<TrapParts, 'bench'>): readonly number[] {
  const { kept, secret } = bench;
  const done = new Set(kept.of('trap').map(({ body }) => body.after));
  const root = secretRoot(secret);
  return kept
    .of('verdict')
    .map((_, i) => i + 1)
    .filter((after) => !done.has(after) && root.stream(-1, 'is trap', after).int(PER_TRAP) === 0);
}

/** Half are cheats that these checks claim to catch, half are honest; timed ones only where nothing runs beside a judgement. */
function drawn({ bench, tasks, qualification }: TrapParts, after: number): Trap | undefined {
  const rng = secretRoot(bench.secret).stream(-1, 'trap', after);
  const is = rng.int(2) === 0 ? 'cheat' : 'honest';
  const { form, checks } = qualification.kind;
  const fit = tasks
    .filter((task) => task.form === form && (!task.isTimed || checks.includes('C10')))
    .flatMap((task) => task.cases.map((one) => ({ task, one })))
    .filter(({ one }) => one.is === is && one.only === undefined)
    .filter(({ one }) => is === 'honest' || claimedBy(one.class, checks).length > 0);
  return fit.length > 0 ? fit[rng.int(fit.length)] : undefined;
}

interface Due extends Trap {
  readonly after: number;
}

async function runTrap(parts: TrapParts, due: Due, signal: AbortSignal): Promise<void> {
  const { task, one, after } = due;
  const examined = await examinedDue(parts, due, signal);
  const { is, class: cheat } = one;
  const end = endOf(is, examined.findings);
  const { digest } = parts.bench;
  const name = `${task.name}/${one.name}`;
  parts.bench.kept.write('trap', { after, case: name, is, class: cheat, end, digest, ...examined });
}

/** A trap that cannot be carried out came to no verdict, and counts as that. */
async function examinedDue(
  { bench, qualification }: TrapParts,
  { task, one, after }: Due,
  signal: AbortSignal,
): Promise<Examined> {
  let known: KnownBench | undefined;
  try {
    known = await task.open();
    const seen = seenThrough(known, one);
    const floor = seen.floor
      .filter(({ name }) => qualification.kind.checks.includes(name))
      .map((check) => inTime(check));
    const ticket = sha256([bench.secret, 'trap', after].join(' ')).slice(-16);
    const intake = knownIntake(task, one, ticket);
    return await examine(bench, { intake, metered: async () => seen, checks: () => floor }, signal);
  } catch (error) {
    signal.throwIfAborted();
    if (!PacelineError.is(error)) throw error;
    return { findings: [], tookMs: 0, cpuMs: 0 };
  } finally {
    await known?.close();
  }
}

/** Written down, so that what the ledger was told can be shown to follow from the traps before it. */
export function ratingOf({ bench, qualification }: Omit<TrapParts, 'tasks'>): GateRating {
  const { gates, kind } = qualification;
  const ends = bench.kept.of('trap').map(({ body }): TrapEnd => {
    const claims = claimedBy(body.class, kind.checks);
    const isRight = body.is === 'cheat' ? isCaught(body.end, claims) : !isRefused(body.end);
    return { is: body.is, isRight };
  });
  const { traps, caught, honest, refused } = qualification;
  const body = { gates, ...rate({ traps, caught, honest, refused }, ends) };
  const last = bench.kept.of('rated').at(-1);
  const isSame = last !== undefined && canonicalJson(last.body) === canonicalJson(body);
  const { entry, evidence } = isSame ? last : bench.kept.write('rated', body);
  const { prior: _prior, live: _live, gates: _gates, ...told } = body;
  return { ...told, entry, evidence };
}

/** For people, who may know which they were: traps by name, and the last rating. */
export function readRating(kept: Pick<Bench['kept'], 'of'>) {
  const traps = kept
    .of('trap')
    .map(({ body }) => ({ case: body.case, is: body.is, class: body.class, end: body.end }));
  const rated = kept.of('rated').at(-1)?.body;
  return { traps, rated, wantsRecalibration: rated !== undefined && wantsRecalibration(rated) };
}

/**
 * Call count and order: all inputs asked in two orders, each in a process that answered nothing before. Whoever
 * changes after any number of answers up to theirs answers an input otherwise when it comes early than when it
 * comes late.
 */
import type { Rng } from '../../core/rng.ts';
import { shuffled } from '../calls/task-inputs.ts';
import type { Intake, Tier } from '../contract.ts';
import type { Bench, Row } from './bench.ts';
import { differing, discordance, type Yardstick } from './differences.ts';
import type { Found, Tested } from './search.ts';

export const TELL = 'call count and order of inputs';

const FIRST = 'the first input';

/** Share of answers that change when the first input comes last, from which on it is memory from the start. */
const MEMORY_SHARE = 0.25;

interface HistoryRequest {
  readonly bench: Bench;
  readonly intake: Intake;
  readonly baseline: Row;
  /** Costs calls of its own: asked for where a program does not repeat itself, or has a memory. */
  readonly yardstick: () => Promise<Yardstick>;
  readonly repeatsItself: boolean;
  /** All inputs in another order, and what came of it. */
  readonly shuffled: Ordered;
  /** Of the probes: those of `probeOrders` in which tells were toggled. */
  readonly orders: readonly (readonly number[])[];
}

export interface Ordered {
  readonly order: readonly number[];
  readonly row: Row;
}

export interface History {
  readonly hasMemory: boolean;
  /** With nothing toggled, in each of the orders; none where it does not repeat itself. */
  readonly near: readonly Ordered[];
  readonly found?: Found;
  readonly tested: readonly Tested[];
}

/** An order in which neither the first input comes first nor the last one last: whoever counts to one shows. */
export function otherOrder(rng: Rng, count: number): readonly number[] {
  let order = shuffled(rng, count);
  while (count > 1 && (order[0] === 0 || order.at(-1) === count - 1)) {
    order = [...order.slice(1), order[0] as number];
  }
  return order;
}

/** Orders of `probeOrders` that show a memory from the start. */
const TURNED: Readonly<Record<Tier, number>> = { floor: 1, deep: 2 };

/** The first input last, which a generator that goes on from answer to answer shows; backwards; by chance. */
export function probeOrders(
  { probes }: Bench,
  count: number,
  rng: Rng,
): readonly (readonly number[])[] {
  const [first = 0, ...rest] = probes;
  const drawn = Array.from({ length: Math.max(0, count - 2) }, () =>
    otherOrder(rng, probes.length),
  );
  return [[...rest, first], probes.toReversed(), ...drawn].slice(0, Math.max(2, count));
}

export async function historyOf(request: HistoryRequest): Promise<History> {
  const { bench, baseline, repeatsItself } = request;
  const far = async (): Promise<Tested> =>
    earlyAndLate({ baseline, yardstick: await request.yardstick() }, request.shuffled);
  if (!repeatsItself) return { hasMemory: false, near: [], tested: [await far()] };
  const near = await nearOrders(request);
  const orders = [request.shuffled, ...near];
  const odd = orders.find((one) => differing(baseline, one.row).length > 0);
  if (odd === undefined) return { hasMemory: false, near, tested: [] };
  const most = Math.max(1, bench.probes.length * MEMORY_SHARE);
  const turned = near.slice(0, TURNED[request.intake.tier]);
  const isMemory = turned.some((one) => differing(baseline, one.row).length >= most);
  if (isMemory || (await originDiffers(request, odd.order))) {
    const yardstick = await request.yardstick();
    const first = turned.map((one) => ({
      tell: FIRST,
      ...discordance(baseline, one.row, yardstick),
    }));
    return { hasMemory: true, near, tested: [await far(), ...first] };
  }
  const found = await confirmed(request, odd);
  if (found === 'restless') return { hasMemory: false, near, tested: [await far()] };
  return { hasMemory: false, near, tested: [], ...found };
}

async function nearOrders({ bench, intake, orders }: HistoryRequest): Promise<readonly Ordered[]> {
  const rows = await bench.rows(
    intake.candidate,
    orders.map((order) => ({ order })),
  );
  return orders.map((order, at) => ({ order, row: rows[at] as Row }));
}

/**
 * Both orders once more: what was a busy machine's doing does not come back, and a program that gives other answers in
 * the same order does not repeat itself.
 */
async function confirmed(
  { bench, intake, baseline }: HistoryRequest,
  { order, row }: Ordered,
): Promise<Pick<History, 'found'> | 'restless'> {
  const plain = bench.inputs.map((_, at) => at);
  const asked = await bench.rows(intake.candidate, [{ order: plain }, { order }]);
  const [first, again] = asked as readonly [Row, Row];
  const [input] = differing(first, again);
  if (input === undefined) return {};
  if (differing(baseline, first).length + differing(row, again).length > 0) return 'restless';
  return { found: { tell: TELL, input, baseline: first[input], toggled: again[input] } };
}

async function originDiffers(
  { bench, intake }: HistoryRequest,
  order: readonly number[],
): Promise<boolean> {
  if (intake.origin.id === intake.candidate.id) return false;
  const plain = bench.inputs.map((_, at) => at);
  const asked = await bench.rows(intake.origin, [{ order: plain }, { order }]);
  const [first, other] = asked as readonly [Row, Row];
  return differing(first, other).length > 0;
}

/** Each input's answer where it came earlier, against where it came later. */
function earlyAndLate(
  { baseline, yardstick }: { readonly baseline: Row; readonly yardstick: Yardstick },
  { order, row }: Ordered,
): Tested {
  const places = new Map(order.map((at, place) => [at, place]));
  const isFirst = (at: number): boolean => at <= (places.get(at) ?? at);
  const early = baseline.map((answer, at) => (isFirst(at) ? answer : row[at]));
  const late = baseline.map((answer, at) => (isFirst(at) ? row[at] : answer));
  return { tell: TELL, ...discordance(early, late, yardstick) };
}

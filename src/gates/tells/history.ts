/**
 * Call count and order: all inputs asked in two orders, each in a process that answered nothing before. Whoever
 * changes after any number of answers up to theirs answers an input otherwise when it comes early than when it
 * comes late.
 */
import type { Rng } from '../../core/rng.ts';
import { shuffled } from '../calls/task-inputs.ts';
import type { Intake } from '../contract.ts';
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
  readonly rng: Rng;
}

interface Ordered {
  readonly order: readonly number[];
  readonly row: Row;
}

export interface History {
  readonly hasMemory: boolean;
  readonly found?: Found;
  readonly tested: readonly Tested[];
}

export async function historyOf(request: HistoryRequest): Promise<History> {
  const { bench, intake, baseline, repeatsItself } = request;
  const order = shuffled(request.rng, bench.inputs.length);
  const row = await bench.row(intake.candidate, { order });
  const far = async (): Promise<Tested> =>
    earlyAndLate({ baseline, yardstick: await request.yardstick() }, { order, row });
  if (!repeatsItself) return { hasMemory: false, tested: [await far()] };
  const near = await nearOrders(request);
  const orders = [{ order, row }, ...near];
  const odd = orders.find((one) => differing(baseline, one.row).length > 0);
  if (odd === undefined) return { hasMemory: false, tested: [] };
  const most = Math.max(1, bench.probes.length * MEMORY_SHARE);
  const isMemory = near.some((one) => differing(baseline, one.row).length >= most);
  if (isMemory || (await originDiffers(request, odd.order))) {
    const yardstick = await request.yardstick();
    const first = near.map((one) => ({
      tell: FIRST,
      ...discordance(baseline, one.row, yardstick),
    }));
    return { hasMemory: true, tested: [await far(), ...first] };
  }
  const found = await confirmed(request, odd);
  if (found === 'restless') return { hasMemory: false, tested: [await far()] };
  return { hasMemory: false, tested: [], ...found };
}

/** Another input comes first: a generator of its own that goes on from answer to answer shows it. */
async function nearOrders({ bench, intake }: HistoryRequest): Promise<readonly Ordered[]> {
  const [first = 0, ...rest] = bench.probes;
  const turned = [...rest, first];
  const orders = intake.tier === 'deep' ? [turned, bench.probes.toReversed()] : [turned];
  const rows: Ordered[] = [];
  for (const order of orders) {
    rows.push({ order, row: await bench.row(intake.candidate, { order }) });
  }
  return rows;
}

/**
 * Both orders once more: what was a busy machine's doing does not come back, and a program that gives other answers in
 * the same order does not repeat itself.
 */
async function confirmed(
  { bench, intake, baseline }: HistoryRequest,
  { order, row }: Ordered,
): Promise<Pick<History, 'found'> | 'restless'> {
  const first = await bench.row(intake.candidate, { order: bench.inputs.map((_, at) => at) });
  const again = await bench.row(intake.candidate, { order });
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
  const plain = await bench.row(intake.origin, { order: bench.inputs.map((_, at) => at) });
  return differing(plain, await bench.row(intake.origin, { order })).length > 0;
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

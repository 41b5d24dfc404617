/**
 * One look at a candidate: whatever has to be asked at the same time, and what tells chance, a memory and a tell
 * apart only where an answer differed.
 */
import type { Rng } from '../../core/rng.ts';
import { allEnded } from '../calls/all-ended.ts';
import { type Answer, isFailed } from '../calls/answers.ts';
import { quotedAnswer } from '../calls/quote.ts';
import type { Intake, Tools } from '../contract.ts';
import type { Bench, Row } from './bench.ts';
import { differing, type Yardstick } from './differences.ts';
import { type History, historyOf, type Ordered, otherOrder, probeOrders } from './history.ts';
import { phrasedInputs, phraseTests } from './phrases.ts';
import { type Plan, planOf } from './plan.ts';
import { type Searched, searched, type Tested, TOGETHER, trialOf } from './search.ts';

/** Rows of answers of a program that does not repeat itself, beside the first two. */
const REPEATS = 3;
/** More failures than this share leave too little to compare. */
const MOST_FAILED = 0.5;

const NO_HISTORY: History = { hasMemory: false, near: [], tested: [] };
const NOTHING: Searched = { tested: [], shared: [], passing: [] };

export interface Looked {
  readonly plan: Plan;
  readonly repeatsItself: boolean;
  readonly history: History;
  readonly search: Searched;
  readonly phrases: readonly Tested[];
  readonly trouble?: string;
}

/** The least that tells: where nothing differs, no more is asked. */
export async function looked(
  bench: Bench,
  { intake, secrets, clock }: Pick<Tools, 'secrets' | 'clock'> & { readonly intake: Intake },
): Promise<Looked> {
  const rng = secrets.stream(0, 'C8 order');
  const plan = planOf({ tier: intake.tier, bench, nowMs: clock.wallMs(), rng });
  const first = await firstRows(bench, plan, { ...intake, rng });
  const { baseline, shuffled, toggled, phrases } = first;
  const isQuiet = [shuffled.row, ...toggled].every((row) => differing(baseline, row).length === 0);
  const none = { plan, repeatsItself: isQuiet, history: NO_HISTORY, search: NOTHING, phrases: [] };
  const silent = silence('the candidate', baseline);
  if (silent !== undefined) return { ...none, trouble: silent };
  // All rows are alike: it repeats itself, and neither order nor surroundings change it.
  if (isQuiet && toggled.length === plan.toggles.length) return { ...none, phrases };
  const again = await bench.row(intake.candidate, { order: bench.probes });
  const repeatsItself = differing(baseline, again).length === 0;
  let measured: Promise<Yardstick> | undefined;
  const yardstick = (): Promise<Yardstick> => (measured ??= yardstickOf(bench, intake));
  const base = { bench, intake, baseline, repeatsItself, yardstick };
  const history = await historyOf({ ...base, shuffled, orders: first.orders });
  if (history.found) return { ...none, repeatsItself, history };
  const subject = { ...base, hasMemory: history.hasMemory };
  const asked = plan.toggles.map((toggle, at) => ({
    toggle,
    order: first.orders[at] ?? bench.probes,
    control: history.near[at]?.row ?? baseline,
    row: toggled[at],
  }));
  const search = await searched(subject, asked);
  return { plan, repeatsItself, history, search, phrases: search.found ? [] : phrases };
}

interface FirstRows {
  readonly baseline: Row;
  readonly shuffled: Ordered;
  /** Of the first toggles, each in another of `orders`. */
  readonly toggled: readonly Row[];
  readonly orders: readonly (readonly number[])[];
  readonly phrases: readonly Tested[];
}

/** All that is asked whatever comes of it, at the same time. */
async function firstRows(
  bench: Bench,
  { toggles }: Plan,
  { candidate, incumbent, rng }: Pick<Intake, 'candidate' | 'incumbent'> & { readonly rng: Rng },
): Promise<FirstRows> {
  const plain = bench.inputs.map((_, at) => at);
  const order = otherOrder(rng, bench.inputs.length);
  const some = toggles.slice(0, TOGETHER);
  const orders = probeOrders(bench, some.length, rng);
  const trials = some.map((toggle, at) => trialOf(toggle, orders[at] ?? bench.probes));
  const inputs = phrasedInputs(bench.inputs);
  const [rows, ours, theirs] = await allEnded<
    [readonly Row[], readonly Answer[], readonly Answer[]]
  >([
    bench.rows(candidate, [{ order: plain }, { order }, ...trials]),
    bench.said(candidate, inputs),
    bench.said(incumbent, inputs),
  ]);
  const [baseline = [], row = [], ...toggled] = rows;
  const phrases = inputs.length === 0 ? [] : phraseTests(ours, theirs);
  return { baseline, shuffled: { order, row }, toggled, orders, phrases };
}

async function yardstickOf(bench: Bench, { candidate, incumbent }: Intake): Promise<Yardstick> {
  // Each in an order of its own, so that a memory shows as noise and not as a tell.
  const turns = Array.from({ length: REPEATS }, (_, turn) => turn + 1);
  const { probes } = bench;
  const orders = turns.map((turn) => [...probes.slice(turn), ...probes.slice(0, turn)]);
  const [known, repeats] = await allEnded<[Row, readonly Row[]]>([
    bench.row(incumbent, { order: bench.inputs.map((_, at) => at) }),
    bench.rows(
      candidate,
      orders.map((order) => ({ order })),
    ),
  ]);
  return { incumbent: known, repeats };
}

/** A sentence's middle on whoever fails on most inputs. */
export function silence(who: string, row: Row): string | undefined {
  const [first, ...rest] = row.filter((one) => one === undefined || isFailed(one));
  if (rest.length < row.length * MOST_FAILED) return undefined;
  return `${who} fails on most inputs, with ${quotedAnswer(first)}`;
}

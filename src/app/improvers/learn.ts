/**
 * A child generation that knows what closed studies found: their lessons, their dead ends, and a taste trained further on
 * their trials. It follows from their ledgers and its parent alone: the same studies and parent give the same id.
 */
import { PacelineError } from '../../core/errors.ts';
import { publicRoot } from '../../core/rng.ts';
import { type Improver, learntBy, MOST_NOTES, withLearnt } from '../../improver/artifact.ts';
import { TASTE_SCHEMA, type TasteNet } from '../../improver/taste-model.ts';
import { FEATURES_VERSION } from '../../tastes/surrogate/features.ts';
import { PRIOR } from '../../tastes/surrogate/prior.ts';
import { type Sample, trainFurther } from '../../tastes/surrogate/train.ts';
import { lessonLines } from '../memory/lesson-words.ts';
import type { MemoryRecord } from '../memory/record.ts';
import { findRemembered, gatherMemory, type Remembered } from '../memory/store.ts';
import { deadKeys, promotedIn } from '../memory/use.ts';
import { withSoundLedger } from '../read-ledger.ts';
import { recordedOpening } from '../verify-study.ts';
import { parentFrom } from './parent.ts';
import { type KeptImprover, keepImprover } from './store.ts';
import { type Samples, samplesOf } from './taste-samples.ts';

/** Fewer trials of either kind teach a net nothing but noise. */
const LEAST_OF_EACH = 5;

export interface LearnRequest {
  readonly root: string;
  /** Closed studies, by name or the first digits of what they left: at least one. */
  readonly from: readonly string[];
  /** Absent: the generation that all of them ran under, or `bare`. */
  readonly parent?: string;
}

export interface LearntFrom {
  readonly study: string;
  readonly lessons: number;
  readonly deadEnds: number;
  /** Trials that nobody chose, which the taste was trained on. */
  readonly samples: number;
  /** Of a study whose trials taught the taste nothing. */
  readonly noTaste?: string;
}

export interface Learnt {
  readonly parent: KeptImprover;
  readonly child: KeptImprover;
  readonly studies: readonly LearntFrom[];
}

/**
 * @throws PacelineError USAGE for a study that is not closed, was not begun here or was forgotten, for a parent that was
 *   rejected, and where nothing new was learnt.
 */
export async function learn({ root, from, parent: wanted }: LearnRequest): Promise<Learnt> {
  const studies = await studiesOf(root, from);
  const parent = parentFrom(root, wanted ?? (await commonImprover(root, studies)));
  const known = learntBy(parent.improver);
  const isKnown = ({ id }: Remembered): boolean => known.some((one) => one.record === id);
  const taught = await Promise.all(
    studies.map(async (one) =>
      isKnown(one) ? { why: KNOWN } : await samplesOf(root, one.record.study),
    ),
  );
  const fresh = studies.filter((one) => !isKnown(one));
  const records = studies.map(({ record }) => record);
  const child: Improver = {
    ...parent.improver,
    generation: parent.improver.generation + 1,
    parent: parent.id,
    slots: withLearnt(parent.improver.slots, [
      ...known,
      ...fresh.map(({ id, record: { study } }) => ({ study, record: id })),
    ]),
    lessons: lessonsOf(parent.improver, records),
    deadEnds: deadEndsOf(parent.improver, records),
    taste: tasteOf(parent.improver, fresh, taught),
    // What its parent was predicted to do was predicted of its parent.
    mechanism: null,
  };
  refuseNothingNew(parent.improver, child);
  return {
    parent,
    child: keepImprover(root, child),
    studies: records.map((record, at) => learntFrom(record, taught[at])),
  };
}

/** A trial teaches a taste once: seen twice, it would count as two. */
const KNOWN = 'its parent has learnt from it';

/** Each once, in the order of their names: in which order they were named makes no difference. */
async function studiesOf(root: string, from: readonly string[]): Promise<readonly Remembered[]> {
  const { all, skipped } = await gatherMemory(root);
  const found = from.map((wanted) => {
    const why = skipped.find(({ study }) => study === wanted)?.why;
    if (why !== undefined)
      throw new PacelineError('USAGE', `Nothing is learnt from ${wanted}: ${why}`, { wanted });
    const one = findRemembered(all, wanted);
    if (!one.isForgotten) return one;
    throw new PacelineError(
      'USAGE',
      `What ${wanted} left was taken back with paceline memory forget: nothing is learnt from it. Leave it out.`,
      { wanted },
    );
  });
  const byId = new Map(found.map((one) => [one.id, one]));
  return [...byId.values()].sort((a, b) => (a.record.study < b.record.study ? -1 : 1));
}

const BARE = 'bare';

async function commonImprover(root: string, studies: readonly Remembered[]): Promise<string> {
  const ids = new Set<string | undefined>();
  for (const { record } of studies)
    ids.add(
      await withSoundLedger({ root, id: record.study }, async (ledger) => {
        return (await recordedOpening(ledger))?.improver?.id;
      }),
    );
  const [only] = ids;
  return ids.size === 1 && only !== undefined ? only : BARE;
}

/** The newest first. */
function lessonsOf({ lessons }: Improver, records: readonly MemoryRecord[]): string[] {
  return [...new Set([...records.flatMap(lessonLines), ...lessons])].slice(0, MOST_NOTES);
}

type DeadEnd = Improver['deadEnds'][number];

/** A proposer names its hypotheses as it likes; an improver holds nothing that moves a cursor. */
const CONTROL = /\p{C}/u;

/** Of each task what `memory: on` would take over; whatever one of the studies promoted is none any more. */
function deadEndsOf({ deadEnds: before }: Improver, records: readonly MemoryRecord[]): DeadEnd[] {
  const tasks = [...new Set(records.map(({ task }) => task.id))];
  const ofTask = (id: string) => records.filter(({ task }) => task.id === id);
  const found = tasks.flatMap((task) => {
    const own = ofTask(task);
    return deadKeys(own).flatMap(([key]) =>
      CONTROL.test(key) ? [] : [{ key, task, why: whyOf(key, own) }],
    );
  });
  const stands = before.filter(({ key, task }) => !promotedIn(ofTask(task)).has(key));
  const once = new Map([...found, ...stands].map((one) => [`${one.task} ${one.key}`, one]));
  return [...once.values()].slice(0, MOST_NOTES);
}

function whyOf(key: string, records: readonly MemoryRecord[]): string {
  for (const { study, deadEnds } of records) {
    const one = deadEnds.find((dead) => dead.key === key);
    if (one) {
      const [low, high] = one.gain.map((value) => Number(value.toPrecision(3)));
      return `no better than the origin in ${study}: gain ${low} to ${high} (99 %), n ${one.n}`;
    }
  }
  const times = records.flatMap(({ failed }) => failed.filter((one) => one.key === key));
  const sum = times.reduce((all, one) => all + one.times, 0);
  return `crashed or ran out of time ${sum} times`;
}

const DIGITS = 10_000;

/** A net for each kind of candidate that the studies had enough trials of; others stay as they are. */
function tasteOf(
  { taste }: Improver,
  studies: readonly Remembered[],
  taught: readonly Samples[],
): Improver['taste'] {
  const seed = studies.map(({ id }) => id).join(' ');
  const nets = (['forests', 'sources'] as const).flatMap((of) => {
    const samples = taught.flatMap((one) => ('of' in one && one.of === of ? one.samples : []));
    const net = netOf(taste?.[of], samples, seed);
    return net ? [[of, net] as const] : [];
  });
  return nets.length === 0
    ? taste
    : { ...taste, schema: TASTE_SCHEMA, ...Object.fromEntries(nets) };
}

function netOf(
  own: TasteNet | undefined,
  samples: readonly Sample[],
  seed: string,
): TasteNet | undefined {
  const better = samples.filter((one) => one.better).length;
  if (Math.min(better, samples.length - better) < LEAST_OF_EACH) return undefined;
  const before = own?.version === FEATURES_VERSION ? own : undefined;
  const rng = publicRoot(`learn ${seed}`).stream(0, 'net');
  const { inputs, hidden, weights } = trainFurther(before ?? PRIOR, samples, rng);
  return {
    version: FEATURES_VERSION,
    inputs,
    hidden,
    weights: weights.map((one) => Math.round(one * DIGITS) / DIGITS),
    trials: samples.length + (before?.trials ?? 0),
    better: better + (before?.better ?? 0),
  };
}

function refuseNothingNew(parent: Improver, child: Improver): void {
  const parts = ['lessons', 'deadEnds', 'taste'] as const;
  if (parts.some((part) => JSON.stringify(parent[part]) !== JSON.stringify(child[part]))) return;
  throw new PacelineError(
    'USAGE',
    'These studies teach nothing that the parent does not know: they left no dead end, no operator with 20 trials, and too few trials for a taste. Name others; paceline memory list shows what they left.',
  );
}

function learntFrom(
  record: MemoryRecord,
  taught: Awaited<ReturnType<typeof samplesOf>> | undefined,
): LearntFrom {
  const { study, deadEnds } = record;
  const found = taught && 'samples' in taught ? taught.samples.length : 0;
  const noTaste = taught && 'why' in taught ? { noTaste: taught.why } : {};
  const lessons = lessonLines(record).length;
  return { study, lessons, deadEnds: deadEnds.length, samples: found, ...noTaste };
}

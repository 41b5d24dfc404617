/**
 * What could be asked next of what was promoted, from the study's own public facts alone: take the changes back
 * one by one (ablate), measure the gain again (refute), look at files that no promotion touched (transfer), go on
 * where it gained (extend). A predicted effect stands where the ledger gives one, and nowhere else. Pure.
 */
import type { Metric } from '../../claims/orient.ts';
import { PacelineError } from '../../core/errors.ts';
import { ablations } from '../../source/ablations.ts';
import type { TaskKind } from '../../tasks/contract.ts';
import { patchOf } from '../task-kind.ts';
import type { PublicPromotion, PublicRecord } from './public-record.ts';
import type { Untrusted } from './untrusted.ts';
import { type Gain, gainOf } from './words.ts';

export interface FollowOn extends Untrusted {
  readonly kind: 'ablate' | 'refute' | 'transfer' | 'extend';
  readonly question: string;
  /** What the ledger says to expect, positive is better; absent where it says nothing. */
  readonly predicted?: Gain;
  /** What a client may do about it. */
  readonly how: string;
}

/** More are a campaign, and that is a person's to begin. */
const MOST_ABLATIONS = 12;
const MOST_EXTENSIONS = 3;

export function followOns(
  kind: TaskKind,
  { opened, promotions }: Pick<PublicRecord, 'opened' | 'promotions'>,
): readonly FollowOn[] {
  const last = promotions.at(-1);
  if (last === undefined) return [];
  const { originText, metric } = opened;
  return [
    ...ablateEach(kind, originText, last.text),
    refute(promotions, metric),
    ...transfer(kind, originText, last.text),
    ...promotions.slice(-MOST_EXTENSIONS).map((one) => extend(kind, one, metric)),
  ];
}

function ablateEach(kind: TaskKind, originText: string, text: string): readonly FollowOn[] {
  const found = ablations(kind.toFiles(originText), kind.toFiles(text)).flatMap((one) => {
    const ablated = candidateOf(kind, one.files);
    const patch = ablated === undefined ? '' : patchOf(kind, text, ablated);
    return patch === '' ? [] : [{ ...one, patch }];
  });
  return found.slice(0, MOST_ABLATIONS).map(({ path, change, of, patch }) => ({
    kind: 'ablate',
    question: `Does change ${change} of ${of} in ${path} carry any of the gain? Without it the incumbent should be worse by its part.`,
    how: 'Submit the patch with submit_proposal and your own prediction: what each change gained alone was never measured. Where it is promoted, that change cost something.',
    untrusted: { patch },
  }));
}

/** Undefined where what is left is no candidate: changes may need one another. */
function candidateOf(kind: TaskKind, files: Parameters<TaskKind['fromFiles']>[0]) {
  try {
    const text = kind.fromFiles(files);
    kind.materialise(text);
    return text;
  } catch (error) {
    if (PacelineError.is(error)) return undefined;
    throw error;
  }
}

/** The one promotion as it was measured; of several the sum, which no block has measured together. */
function refute(promotions: readonly PublicPromotion[], metric: Metric): FollowOn {
  const [first, ...others] = promotions;
  const gain = promotions.reduce((sum, { body }) => sum + body.gain, 0);
  const n = promotions.reduce((sum, { body }) => sum + body.n, 0);
  const alone = first && others.length === 0 ? first.body : { gain, n };
  return {
    kind: 'refute',
    question: 'Is the incumbent better than the origin at all, on cases that decided nothing?',
    predicted: gainOf(alone as Parameters<typeof gainOf>[0], metric),
    how: 'No tool measures it: a person does, with paceline compare incumbent origin. A gain whose interval holds 0 refutes it.',
  };
}

function transfer(kind: TaskKind, originText: string, text: string): readonly FollowOn[] {
  const before = kind.toFiles(originText);
  const untouched = Object.entries(kind.toFiles(text))
    .filter(([path, now]) => before[path] === now)
    .map(([path]) => path);
  if (untouched.length === 0) return [];
  return [
    {
      kind: 'transfer',
      question: `Does what helped also help in a file that no promotion has changed: ${untouched.slice(0, MOST_ABLATIONS).join(', ')}?`,
      how: 'Write the change there and submit it with your own prediction: the ledger has none.',
    },
  ];
}

function extend(
  kind: TaskKind,
  { body, trial, text, fromText, operator, hypothesis }: PublicPromotion,
  metric: Metric,
): FollowOn {
  const { gain, unit } = gainOf(body, metric);
  return {
    kind: 'extend',
    question: `Trial ${trial} (${operator}) was promoted with a gain of ${Number(gain.toPrecision(3))} ${unit}. Is there more in the same direction?`,
    how: 'Write the next step along the patch and submit it with your own prediction: what is gained is not what is left.',
    untrusted: {
      patch: patchOf(kind, fromText, text),
      ...(hypothesis === undefined ? {} : { hypothesis }),
    },
  };
}

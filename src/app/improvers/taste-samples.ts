/**
 * What a taste can learn from a closed study: of every trial that nobody chose, what was known before it ran and whether
 * it beat the candidate it came from. Derived again from the ledger and the task's own files.
 */
import { foreseenOf } from '../../claims/foreseen.ts';
import { PacelineError } from '../../core/errors.ts';
import type { EventBody, StoredEvent } from '../../core/events.ts';
import { sha256 } from '../../core/hash.ts';
import type { Judged, Taste } from '../../tastes/contract.ts';
import { PRIOR } from '../../tastes/surrogate/prior.ts';
import type { Sample } from '../../tastes/surrogate/train.ts';
import { looker, type SurrogateState, surrogateTaste } from '../../tastes/surrogate.ts';
import { judgeFiles } from '../build-judge.ts';
import { phenotypesOf } from '../build-taste.ts';
import { verifierFiles } from '../build-verifier.ts';
import { readTask } from '../judged-task.ts';
import { withSoundLedger } from '../read-ledger.ts';
import { isBoundConfig, recordedConfig } from '../recorded-config.ts';
import { digestFiles } from '../study-files.ts';
import { recordedOpening } from '../verify-study.ts';

export type Samples =
  | { readonly of: 'forests' | 'sources'; readonly samples: readonly Sample[] }
  | { readonly why: string };

/** `why`: its ledger holds nothing of use, or the files it was judged by are not what they were. */
export async function samplesOf(root: string, id: string): Promise<Samples> {
  return withSoundLedger({ root, id }, async (ledger): Promise<Samples> => {
    const opened = await recordedOpening(ledger);
    if (opened?.taste === undefined) return { why: 'it forecast nothing' };
    if (!isBoundConfig(root, id, opened)) return { why: 'its config is not the recorded one' };
    const config = recordedConfig(root, id);
    const read = await readOrWhy({ root, config });
    if ('why' in read) return read;
    const { task, surface, closed, kind, originText } = read;
    if (closed !== undefined && closed.situations === undefined)
      return { why: 'nothing tells which of its programs decide alike' };
    const files = [...judgeFiles({ config, task }, surface), ...verifierFiles(task, config)];
    if (digestFiles(task, files) !== opened.evaluator || sha256(originText) !== opened.origin)
      return { why: 'the files of its task have changed since' };
    const origin = { id: opened.origin, text: originText, size: kind.size(originText) };
    const phenotypeOf = phenotypesOf(closed, originText);
    const taste = surrogateTaste({ phenotypeOf, origin, net: PRIOR });
    const samples = await replayed(ledger.read(0), opened, { taste, phenotypeOf });
    return { of: closed ? 'forests' : 'sources', samples };
  });
}

async function readOrWhy(place: Parameters<typeof readTask>[0]) {
  try {
    return await readTask(place);
  } catch (error) {
    if (PacelineError.is(error)) return { why: error.message };
    throw error;
  }
}

interface Looking {
  readonly taste: Taste<SurrogateState>;
  readonly phenotypeOf: (text: string) => Float32Array;
}

/**
 * As the study folded it: a trial was asked when all but the last few before it had settled. What an audit took back
 * was no success, nor was beating it or failing to: a taste that learnt from cheats would look for them.
 */
export async function replayed(
  pages: AsyncIterable<readonly StoredEvent[]>,
  opened: EventBody['study.opened'],
  { taste, phenotypeOf }: Looking,
): Promise<readonly Sample[]> {
  const arms = new Map<string, Told[]>();
  const samples: { readonly of: readonly string[]; readonly sample: Sample }[] = [];
  const barred = new Set<string>();
  for await (const page of pages) {
    for (const { type, body, trial = -1 } of page) {
      if (type === 'candidate.rolled-back') for (const one of body.quarantined) barred.add(one);
      if (type !== 'trial.settled') continue;
      const judged = judgedOf(opened, body, trial);
      if (judged === undefined) continue;
      const told = arms.get(body.arm) ?? [];
      arms.set(body.arm, told);
      const asked = told.findLast((one) => one.trial <= trial - opened.lookahead);
      const look = looker(asked?.state ?? taste.init(), phenotypeOf);
      const x = judged.atRandom && judged.better !== null ? look(judged)?.features : undefined;
      const of = [body.candidate, ...body.parents];
      if (x) samples.push({ of, sample: { x, better: judged.better === true } });
      told.push({ trial, state: taste.tell(told.at(-1)?.state ?? taste.init(), judged) });
      if (told.length > opened.lookahead + 1) told.shift();
    }
  }
  return samples.flatMap(({ of, sample }) => (of.some((one) => barred.has(one)) ? [] : [sample]));
}

interface Told {
  readonly trial: number;
  readonly state: SurrogateState;
}

function judgedOf(
  { metric }: EventBody['study.opened'],
  body: EventBody['trial.settled'],
  trial: number,
): Judged | undefined {
  const { forecast, text, key, operator, proposer, parents, size, candidate } = body;
  if (forecast === undefined) return undefined;
  const seen = foreseenOf(metric, body);
  const { over, chance } = forecast;
  return {
    text,
    key,
    operator,
    proposer,
    parents,
    size,
    trial,
    candidate,
    over,
    chance,
    score: seen?.gain === undefined ? null : seen.gain + over,
    better: seen?.better ?? null,
    atRandom: forecast.atRandom === true,
  };
}

/**
 * A generation from studies of this folder: what programs of several tasks share becomes vocabulary of later genetic
 * searches. Nothing is claimed for it: a study that runs under it says what it is worth there.
 */
import { orient } from '../../claims/orient.ts';
import { PacelineError } from '../../core/errors.ts';
import type { EventBody, StoredEvent } from '../../core/events.ts';
import type { Hash } from '../../core/hash.ts';
import {
  type FoundProgram,
  MOST_PROGRAMS,
  minedMacros,
  withMacrosAdded,
} from '../../improver/vocabulary/mine.ts';
import { type VocabularyNode, vocabularyGraph } from '../../improver/vocabulary/read.ts';
import { decodeForest } from '../../lang/codec.ts';
import { MAIN_ARM } from '../../loop/plan.ts';
import { mean } from '../../stats/summary.ts';
import { readMemory } from '../memory/store.ts';
import { taskOf } from '../memory/task-of.ts';
import { withSoundLedger } from '../read-ledger.ts';
import { recordedConfig } from '../recorded-config.ts';
import { pickStudy } from '../study-files.ts';
import { vocabularyOf } from '../task-kind.ts';
import { parentFrom } from './parent.ts';
import { type KeptImprover, keepImprover } from './store.ts';

export interface MineRequest {
  readonly root: string;
  /** The generation to add to, by any of its names. */
  readonly from: string;
  readonly studies: readonly string[];
  /** Macros to add at most. */
  readonly most: number;
}

export interface MinedHere {
  readonly from: Hash;
  readonly studies: readonly MinedStudy[];
  /** Absent: nothing that two tasks share saves more than its definition costs, and no generation was made. */
  readonly made?: KeptImprover & { readonly macros: readonly VocabularyNode[] };
}

export interface MinedStudy {
  readonly study: string;
  readonly task: Hash;
  /** Of its last entry that was read: the ledger says the rest. */
  readonly seq: number;
  readonly programs: number;
}

/** @throws PacelineError `USAGE` for studies of one task only, of source files, or forgotten, and for a parent that was rejected; as reading a ledger does. */
export async function mineHere({ root, from, studies, most }: MineRequest): Promise<MinedHere> {
  const parent = parentFrom(root, from);
  const read: Awaited<ReturnType<typeof readStudy>>[] = [];
  for (const study of new Set(studies)) read.push(await readStudy(root, pickStudy(root, study)));
  if (new Set(read.map(({ task }) => task)).size < 2)
    throw new PacelineError(
      'USAGE',
      'These studies are of one task, and a macro is what two tasks share. Name studies of other tasks as well.',
      { studies: [...studies] },
    );
  const programs = read.flatMap(({ found }) => found);
  const told = read.map(({ study, task, seq, found }) => {
    return { study, task, seq, programs: found.length };
  });
  const macros = minedMacros(parent.improver, programs, { most });
  const said = { from: parent.id, studies: told };
  if (macros.length === 0) return said;
  const child = withMacrosAdded(
    parent.improver,
    macros,
    told.map((one) => ({ ...one })),
  );
  const fresh = vocabularyGraph(child).slice(-macros.length);
  return { ...said, made: { ...keepImprover(root, child), macros: fresh } };
}

/** What the search promoted, and the best of what entered its archive by the scores of their screens. */
async function readStudy(root: string, study: string) {
  refuseForgotten(root, study);
  const { language } = recordedConfig(root, study);
  if (language === undefined)
    throw new PacelineError(
      'USAGE',
      `The programs of ${study} are source files; macros are of expressions. Name studies whose config has a language.`,
      { study },
    );
  const vocabulary = vocabularyOf(language);
  const { opened, texts, seq } = await withSoundLedger({ root, id: study }, (ledger) =>
    textsOf(ledger.read(0)),
  );
  if (opened === undefined) throw new Error(`${study} has no first entry`);
  const { id: task } = taskOf(opened);
  const found = texts.map((text): FoundProgram => {
    return { task, search: study, program: decodeForest(text, vocabulary) };
  });
  return { study, task, seq, found };
}

/** @throws PacelineError USAGE. */
export function refuseForgotten(root: string, study: string): void {
  const isForgotten = readMemory(root).some((one) => one.record.study === study && one.isForgotten);
  if (!isForgotten) return;
  throw new PacelineError(
    'USAGE',
    `What ${study} left was taken back with paceline memory forget: nothing is mined from it. Leave it out.`,
    { study },
  );
}

/** In the order they are chosen: promotions that stand first. What an audit took back is in none of them. */
export async function textsOf(pages: AsyncIterable<readonly StoredEvent[]>) {
  let opened: EventBody['study.opened'] | undefined;
  let seq = 0;
  const texts = new Map<string, string>();
  const scores = new Map<string, number>();
  const promoted = new Set<string>();
  const barred = new Set<string>();
  for await (const page of pages)
    for (const event of page) {
      seq = event.seq;
      if (event.type === 'study.opened') opened = event.body;
      if (event.type === 'candidate.promoted' && event.body.arm === MAIN_ARM)
        promoted.add(event.body.candidate);
      if (event.type === 'candidate.rolled-back' && event.body.arm === MAIN_ARM)
        for (const one of event.body.quarantined) barred.add(one);
      if (event.type !== 'trial.settled' || event.body.arm !== MAIN_ARM) continue;
      const { candidate, text, admitted } = event.body;
      texts.set(candidate, text);
      if (admitted && opened !== undefined) scores.set(candidate, scoreOf(opened, event.body));
    }
  const isSound = (candidate: string): boolean => !barred.has(candidate);
  const best = [...scores]
    .filter(([candidate]) => isSound(candidate))
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST_PROGRAMS);
  const chosen = new Set([
    ...[...promoted].filter(isSound),
    ...best.map(([candidate]) => candidate),
  ]);
  return { opened, seq, texts: [...chosen].flatMap((one) => texts.get(one) ?? []) };
}

/** Oriented; what has no score comes last. */
function scoreOf(
  { metric }: EventBody['study.opened'],
  { values }: EventBody['trial.settled'],
): number {
  const known = values.flatMap((value) => (value === null ? [] : [orient(metric, value)]));
  return known.length === 0 ? Number.NEGATIVE_INFINITY : mean(known);
}

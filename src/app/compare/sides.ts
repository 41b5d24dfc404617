/** Whom somebody means by the two words of `compare`, looked up in the ledgers. */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Candidate } from '../../core/candidate.ts';
import { PacelineError } from '../../core/errors.ts';
import type { EventBody } from '../../core/events.ts';
import type { Config } from '../config-schema.ts';
import { withSoundLedger } from '../read-ledger.ts';
import { isBoundConfig, recordedConfig } from '../recorded-config.ts';
import { findCandidate } from '../show-candidate.ts';
import { listStudies, pickStudy } from '../study-files.ts';

export interface Side {
  readonly study: string;
  /** As the sentence names it. */
  readonly name: string;
  readonly candidate: Candidate;
  readonly opened: EventBody['study.opened'];
  readonly config: Config;
  /** As the study found it: same candidate and seed, same value. */
  readonly deterministic: boolean;
}

export type Sides = readonly [Side, Side];

export type Wanted =
  | { readonly what: 'candidate'; readonly word: string }
  | { readonly what: 'study'; readonly word: string }
  | { readonly what: 'file'; readonly word: string };

/** @throws PacelineError `USAGE` for a word that fits nothing, or several studies. */
export function wantedBy(root: string, word: string): Wanted {
  const studies = listStudies(root);
  if (studies.includes(word)) return { what: 'study', word };
  if (/\.ya?ml$/.test(word) || isFile(resolve(root, word))) return { what: 'file', word };
  if (/^(origin|incumbent|(sha256:)?[0-9a-f]{4,64})$/i.test(word)) {
    return { what: 'candidate', word: word.toLowerCase() };
  }
  const fitting = studies.filter((id) => id.startsWith(word));
  const [study] = fitting;
  if (study !== undefined && fitting.length === 1) return { what: 'study', word: study };
  const why =
    fitting.length > 1
      ? `"${word}" begins ${fitting.length} studies: ${fitting.join(', ')}. Give more of its id.`
      : `"${word}" is no study here, no config file, and no candidate: give origin, incumbent, or at least four digits of an id.`;
  throw new PacelineError('USAGE', why, { word, studies });
}

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

/** Two candidates of one study. */
export async function candidateSides(
  root: string,
  study: string | undefined,
  words: readonly [string, string],
): Promise<Sides> {
  const id = pickStudy(root, study);
  const [first, second] = words;
  return [await readSide(root, id, first), await readSide(root, id, second)];
}

/**
 * The final incumbents of two studies.
 * @throws PacelineError `USAGE` where one is not finished or they are not of the same task.
 */
export async function studySides(root: string, studies: readonly [string, string]): Promise<Sides> {
  const first = await readSide(root, studies[0], FINAL);
  const second = await readSide(root, studies[1], FINAL);
  refuseUnlessSame(first, second);
  return [first, second];
}

/** @throws PacelineError `USAGE` where one number would mean two things. */
export function refuseUnlessSame(first: Side, second: Side): void {
  for (const key of ['metric', 'task', 'evaluator'] as const) {
    if (!isSame(first.opened[key], second.opened[key])) throw different(first, second, key);
  }
  const instances = [first, second].map(({ config }) => config.splits.generator);
  if (!isSame(instances[0], instances[1])) throw different(first, second, 'generator');
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function different(first: Side, second: Side, key: string): PacelineError {
  return new PacelineError(
    'USAGE',
    `${first.study} and ${second.study} are not compared: their ${key} differs, so one number would mean two things. Compare studies of the same surface, evaluator, evaluator files and generator.`,
    { key },
  );
}

const FINAL = 'final';
const SHORT_ID = 12;

export async function readSide(root: string, study: string, wanted: string): Promise<Side> {
  const config = recordedConfig(root, study);
  if (config.rule.mode === 'exact') throw exact(study);
  if (config.splits.confirm) throw pooled(study);
  return withSoundLedger({ root, id: study }, async (ledger) => {
    const isFinal = wanted === FINAL;
    const found = await findCandidate(ledger, study, isFinal ? 'incumbent' : wanted);
    let deterministic = false;
    let isClosed = false;
    for await (const page of ledger.read(0, { types: ['noise.measured', 'study.closed'] })) {
      for (const event of page) {
        if (event.type === 'noise.measured') deterministic = event.body.deterministic;
        else isClosed = true;
      }
    }
    if (isFinal && !isClosed) throw unfinished(study);
    const { id, text, opened } = found;
    if (!isBoundConfig(root, study, opened.body)) throw foreignConfig(study);
    const short = id.slice('sha256:'.length, 'sha256:'.length + SHORT_ID);
    const name = isFinal ? `the final of ${study}` : nameOf(wanted, short);
    return { study, name, candidate: { id, text }, opened: opened.body, config, deterministic };
  });
}

function nameOf(wanted: string, short: string): string {
  return wanted === 'origin' || wanted === 'incumbent' ? `the ${wanted} (${short})` : short;
}

function unfinished(study: string): PacelineError {
  return new PacelineError(
    'USAGE',
    `${study} is not finished, so it has no final yet. Finish it with paceline resume or paceline stop, or compare candidates: paceline compare origin incumbent --study ${study}`,
    { study },
  );
}

function foreignConfig(study: string): PacelineError {
  return new PacelineError(
    'WORKSPACE',
    `The config in study.json is not the one that ${study} was opened with, so nothing of it is run. Restore study.json from a copy, or import the study again.`,
    { study },
  );
}

function pooled(study: string): PacelineError {
  return new PacelineError(
    'USAGE',
    `${study} has a pool of confirm cases: beside it there are no fresh cases to draw. Its own comparisons are in paceline report.`,
    { study },
  );
}

function exact(study: string): PacelineError {
  return new PacelineError(
    'USAGE',
    `${study} has an exact objective: one value each and no fresh cases to draw. Its verified values are in paceline report.`,
    { study },
  );
}

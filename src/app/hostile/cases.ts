/** Hostile cases as they lie on disk: a folder each, with `case.json` and the candidate's files. */
import { existsSync, lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PacelineError } from '../../core/errors.ts';
import { OUTCOMES } from '../../core/events.ts';
import { isPlainPath } from '../../source/program.ts';
import { CASE_FILE } from '../build-candidates.ts';
import { filesBelow, readText, sizeOf } from '../surface.ts';

const KINDS = ['containment', 'behavioural', 'honest'] as const;

const CANDIDATE = 'candidate.mjs';
/** What a case may name in braces. */
export const PLACEHOLDERS = ['HOST', 'TASK', 'MARK', 'ENGINE', 'PORT', 'ABSTRACT'] as const;
/** A candidate is text in a ledger. */
const MOST_BYTES = 1024 * 1024;

const schema = z.strictObject({
  /** What it does, in one sentence. */
  tries: z.string().min(1).max(200),
  /** What only a jail can stop, what only a gate can notice, and what must pass. */
  kind: z.enum(KINDS),
  /** Number of the cheat in a list that it is from. */
  cheat: z.int().min(1).optional(),
  /** Of a behavioural case: the gate that it needs. */
  gate: z
    .string()
    .regex(/^C\d+$/, 'name a gate, for example C8')
    .optional(),
  /** Where the idea is from. */
  from: z.string().optional(),
  afterwards: z
    .strictObject({
      /** How the candidate may end. */
      outcome: z.array(z.enum(OUTCOMES)).min(1).optional(),
      /** What it may score where it scores. */
      loss: z
        .strictObject({ atLeast: z.number().optional(), atMost: z.number().optional() })
        .refine(({ atLeast = 0, atMost = Number.POSITIVE_INFINITY }) => atLeast <= atMost, {
          error: 'atLeast is above atMost, which no loss can keep',
        })
        .optional(),
      /** Paths that must not exist. A relative one would be looked for wherever the command is run. */
      absent: z
        .array(
          z
            .string()
            .regex(
              /^(?:\/|\{\{(?:HOST|TASK)\}\}\/)/,
              'begin with /, {{HOST}}/ or {{TASK}}/: no other path is looked at',
            ),
        )
        .optional(),
    })
    .default({}),
});

export type CaseSaid = z.infer<typeof schema>;

export interface HostileCase extends CaseSaid {
  readonly name: string;
  /** The candidate's files, text by path. */
  readonly files: Readonly<Record<string, string>>;
}

/** @throws PacelineError CONFIG_INVALID for a folder that holds none, or one that is not as it must be. */
export function readCases(folder: string): readonly HostileCase[] {
  const names = existsSync(folder) && statSync(folder).isDirectory() ? readdirSync(folder) : [];
  const found = names
    .filter((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.isDirectory())
    .sort()
    .map((name) => readCase(folder, name));
  if (found.length > 0) return found;
  throw refused(folder, 'holds no case. Make a folder for each, with case.json and candidate.mjs');
}

function readCase(folder: string, name: string): HostileCase {
  const path = join(folder, name);
  if (!isPlainPath(name)) {
    throw refused(folder, `holds a case named ${JSON.stringify(name)}, which cannot be printed`);
  }
  if (lstatSync(join(path, CASE_FILE), { throwIfNoEntry: false }) === undefined) {
    throw refused(
      path,
      `has no ${CASE_FILE}: say in it what the case tries and of which kind it is`,
    );
  }
  const said = schema.safeParse(parsed(path, name));
  if (!said.success) {
    const [issue] = said.error.issues;
    const where = issue?.path.join('.') || CASE_FILE;
    throw refused(path, `has a ${CASE_FILE} that cannot be used: ${where}: ${issue?.message}`);
  }
  const names = filesBelow(path).filter((file) => file !== CASE_FILE);
  if (!names.includes(CANDIDATE)) throw refused(path, `has no ${CANDIDATE}: it is what is run`);
  const texts = names.map((file) => [file, textOf(path, name, file)] as const);
  const absent = said.data.afterwards.absent ?? [];
  for (const text of [...texts.map(([, content]) => content), ...absent]) refuseUnknown(path, text);
  return { ...said.data, name, files: Object.fromEntries(texts) };
}

/** @throws PacelineError for what must not be read: pipes, folders, links that lead away or nowhere. */
function textOf(path: string, name: string, file: string): string {
  const key = `case ${name}`;
  if (sizeOf(path, file, key) <= MOST_BYTES) return readText(path, file, key);
  throw refused(path, `holds ${file}, which is larger than 1 MiB`);
}

/** Misspelt, it would make an attack that reaches nothing, and look contained. */
function refuseUnknown(path: string, text: string): void {
  const known: readonly string[] = PLACEHOLDERS;
  for (const [whole, name = ''] of text.matchAll(PLACEHOLDER)) {
    if (known.includes(name)) continue;
    throw refused(path, `names ${whole}, which stands for nothing: there are ${known.join(', ')}`);
  }
}

function parsed(path: string, name: string): unknown {
  const text = textOf(path, name, CASE_FILE);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refused(path, `has a ${CASE_FILE} that is not JSON: ${(error as Error).message}`);
  }
}

function refused(path: string, why: string): PacelineError {
  return new PacelineError('CONFIG_INVALID', `${path} ${why}.`, { path });
}

const PLACEHOLDER = /\{\{([A-Z]+)\}\}/g;

/** The words of a case in which `{{NAME}}` stands for what is there when it runs. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PLACEHOLDER, (whole, name: string) => values[name] ?? whole);
}

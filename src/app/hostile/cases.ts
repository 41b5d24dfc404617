/** Hostile cases as they lie on disk: a folder each, with `case.json` and the candidate's files. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { PacelineError } from '../../core/errors.ts';
import { OUTCOMES } from '../../core/events.ts';
import { CASE_FILE } from '../build-candidates.ts';
import { filesBelow, readText } from '../surface.ts';

const KINDS = ['containment', 'behavioural', 'honest'] as const;

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
        .optional(),
      /** Paths that must not exist. */
      absent: z.array(z.string().min(1)).optional(),
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
  if (!existsSync(join(path, CASE_FILE))) {
    throw refused(
      path,
      `has no ${CASE_FILE}: say in it what the case tries and of which kind it is`,
    );
  }
  const said = schema.safeParse(parsed(path));
  if (!said.success) {
    const [issue] = said.error.issues;
    const where = issue?.path.join('.') || CASE_FILE;
    throw refused(path, `has a ${CASE_FILE} that cannot be used: ${where}: ${issue?.message}`);
  }
  const files = filesBelow(path).filter((file) => file !== CASE_FILE);
  const texts = files.map((file) => [file, readText(path, file, 'the case')] as const);
  return { ...said.data, name, files: Object.fromEntries(texts) };
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(join(path, CASE_FILE), 'utf8'));
  } catch (error) {
    throw refused(path, `has a ${CASE_FILE} that is not JSON: ${(error as Error).message}`);
  }
}

function refused(path: string, why: string): PacelineError {
  return new PacelineError('CONFIG_INVALID', `${path} ${why}.`, { path });
}

/** The words of a case in which `{{NAME}}` stands for what is there when it runs. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{\{([A-Z]+)\}\}/g, (whole, name: string) => values[name] ?? whole);
}

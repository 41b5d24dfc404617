/**
 * What people may rule about candidates from now on: only what a program can check, so that nobody
 * has to guess whether it was kept. Always against the origin: a rule means the same for every parent.
 */
import { z } from 'zod';

/** Words that stand for a privilege, as they are found in a text (source/scope.ts). */
export const PRIVILEGES = [
  'processes',
  'files',
  'network',
  'environment',
  'code made at run time',
  'the host process',
  'unsafe memory',
] as const;

export type Privilege = (typeof PRIVILEGES)[number];

const MOST_NAMES = 256;
const names = z.array(z.string().min(1).max(1_000)).min(1).max(MOST_NAMES).readonly();

/** A candidate must keep all that is named. */
export const constraint = z.strictObject({
  /** Largest size (included), as the task kind counts it. */
  maxSize: z.int().positive().optional(),
  /** Files that may differ from the origin's; files that may not. */
  only: names.optional(),
  not: names.optional(),
  /** Modules and privileges that a file may not reach for where the origin's did not. */
  noImports: names.optional(),
  noPrivileges: z.array(z.enum(PRIVILEGES)).min(1).readonly().optional(),
});

export type Constraint = z.infer<typeof constraint>;

/** A file that differs, and what it reaches for that it did not before. */
export interface Reach {
  readonly path: string;
  readonly imports: readonly string[];
  readonly privileges: readonly Privilege[];
}

export interface Weighed {
  readonly size: number;
  /** Against the origin; undefined where it cannot be told. Asked for where a rule needs it. */
  readonly reach: () => readonly Reach[] | undefined;
}

/** `why`: what breaks it, in words that follow "It". */
export type Judgement =
  | { readonly verdict: 'kept' | 'unknown' }
  | { readonly verdict: 'broken'; readonly why: string };

const KEPT: Judgement = { verdict: 'kept' };

export function judge(rule: Constraint, { size, reach }: Weighed): Judgement {
  const { maxSize = Number.POSITIVE_INFINITY, only, not, noImports, noPrivileges } = rule;
  if (size > maxSize) {
    return { verdict: 'broken', why: `has the size ${size}, and ${maxSize} is the most allowed` };
  }
  if (!(only ?? not ?? noImports ?? noPrivileges)) return KEPT;
  const files = reach();
  if (files === undefined) return { verdict: 'unknown' };
  const why = files.map((file) => faultOf(rule, file)).find((fault) => fault !== undefined);
  return why === undefined ? KEPT : { verdict: 'broken', why };
}

/** May differ from the origin under that rule. */
export function mayChange({ only, not = [] }: Constraint, path: string): boolean {
  return (only === undefined || only.includes(path)) && !not.includes(path);
}

function faultOf(rule: Constraint, { path, imports, privileges }: Reach): string | undefined {
  if (!mayChange(rule, path)) return `changes ${path}, which is not allowed`;
  const { noImports = [], noPrivileges = [] } = rule;
  const module = imports.find((one) => noImports.some((name) => isModule(one, name)));
  if (module === COMPUTED) return `imports by a computed name in ${path}, which may be any module`;
  if (module !== undefined) return `newly imports ${module} in ${path}, which is not allowed`;
  const privilege = privileges.find((one) => noPrivileges.includes(one));
  return privilege && `newly reaches for ${privilege} in ${path}, which is not allowed`;
}

/** What the languages call an import whose name is only known when it runs. */
export const COMPUTED = '*';

function isModule(imported: string, name: string): boolean {
  return imported === COMPUTED || isInModule(imported, name);
}

/** The module itself, with or without `node:`, or what lies in it: `fs/promises`, `os.path`, `std::fs`. */
export function isInModule(imported: string, name: string): boolean {
  const [is, wanted] = [imported, name].map((one) => one.replace(/^node:/, '')) as [string, string];
  if (is === wanted) return true;
  return ['/', '.', '::'].some((separator) => is.startsWith(wanted + separator));
}

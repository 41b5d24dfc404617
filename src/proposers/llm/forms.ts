/** The forms an answer may have: what is asked for, as a JSON Schema, and how it becomes files. Pure. */
import { z } from 'zod';
import type { Json } from '../../core/json.ts';
import { said } from '../../core/said.ts';
import { applyDiff } from '../../source/apply-diff.ts';
import type { Files } from '../../tasks/contract.ts';

export type Operator = 'edit' | 'diff' | 'rewrite' | 'crossover';

const thoughts = {
  hypothesis: z.string().describe('What is changed and what it should do, in one sentence'),
  mechanism: z.string().describe('Why that should work, in one or two sentences'),
  expected: z
    .number()
    .nullable()
    .describe(
      'The gain you expect in the unit of the metric, positive is better; null if you cannot tell',
    ),
  cites: z
    .array(z.string())
    .describe('Names of the notes that the idea rests on; none if it rests on none'),
};
const edits = z
  .array(z.strictObject({ file: z.string(), search: z.string(), replace: z.string() }))
  .describe('Each replaces text that occurs exactly once in the file, in this order');

const FORMS = {
  edit: z.strictObject({ ...thoughts, edits }),
  crossover: z.strictObject({ ...thoughts, edits }),
  diff: z.strictObject({ ...thoughts, patch: z.string().describe('A unified diff') }),
  rewrite: z.strictObject({
    ...thoughts,
    files: z.array(z.strictObject({ file: z.string(), text: z.string() })).describe('Whole files'),
  }),
} as const;

type Thought = z.infer<z.ZodObject<typeof thoughts>>;
export type Read = { readonly thought: Thought; readonly made: Made } | { readonly why: string };
type Made = { readonly files: Files } | { readonly why: string };

type Schema = Readonly<Record<string, Json>>;

function jsonOf(form: z.ZodType): Schema {
  const { $schema: _, ...schema } = z.toJSONSchema(form);
  return schema as Schema;
}

/** Made once, by whoever asks a model: at the start of a command it would cost every command. */
const SCHEMAS = new Map<Operator, Schema>();

/** What is asked for. */
export function schemaOf(operator: Operator): Schema {
  const made = SCHEMAS.get(operator) ?? jsonOf(FORMS[operator]);
  SCHEMAS.set(operator, made);
  return made;
}

/** @param parent The files that it was shown and may change. */
export function readReply(operator: Operator, text: string, parent: Files): Read {
  const object = objectIn(text);
  if ('why' in object) return object;
  const read = FORMS[operator].safeParse(object.value);
  if (!read.success) {
    const [issue] = read.error.issues;
    const place = issue?.path.join('.') || 'the object';
    return {
      why: `Its answer does not have the form asked for (${place}: ${said(issue?.message ?? '', { quotes: false })}).`,
    };
  }
  const { hypothesis, mechanism, expected, cites, ...change } = read.data;
  return { thought: { hypothesis, mechanism, expected, cites }, made: madeOf(change, parent) };
}

/** Some models wrap all of it in one fence; prose beside it is no part of any program. */
const FENCED = /^\s*```(?:json)?[^\S\n]*\n([\s\S]*?)\n?```\s*$/;

function objectIn(text: string): { readonly value: unknown } | { readonly why: string } {
  const inside = FENCED.exec(text)?.[1] ?? text;
  if (inside.trim() === '') return { why: 'Its answer is empty.' };
  if (!inside.trimStart().startsWith('{')) {
    return {
      why: `Its answer is no JSON object; it begins with ${said(inside.trimStart().slice(0, 80))}.`,
    };
  }
  try {
    return { value: JSON.parse(inside) };
  } catch {
    return {
      why: 'Its answer begins like a JSON object and is none: something is cut, or behind it.',
    };
  }
}

type Change =
  | {
      readonly edits: readonly {
        readonly file: string;
        readonly search: string;
        readonly replace: string;
      }[];
    }
  | { readonly patch: string }
  | { readonly files: readonly { readonly file: string; readonly text: string }[] };

function madeOf(change: Change, parent: Files): Made {
  if ('patch' in change) return applyDiff(parent, change.patch);
  if ('files' in change) return rewritten(change.files, parent);
  return change.edits.reduce<Made>(
    (made, one, i) => ('why' in made ? made : edited(made.files, one, i + 1)),
    { files: parent },
  );
}

function edited(
  files: Files,
  {
    file,
    search,
    replace,
  }: { readonly file: string; readonly search: string; readonly replace: string },
  n: number,
): Made {
  const text = textOf(files, file);
  if (text === undefined) return notEditable(file);
  if (search === '') return { why: `Edit ${n} searches for nothing.` };
  const parts = text.split(search);
  if (parts.length === 2) return { files: { ...files, [file]: parts.join(replace) } };
  const times = parts.length === 1 ? 'does not occur' : `occurs ${parts.length - 1} times`;
  return {
    why: `The text that edit ${n} searches for ${times} in ${said(file)}; it must occur exactly once.`,
  };
}

function rewritten(
  all: readonly { readonly file: string; readonly text: string }[],
  parent: Files,
): Made {
  if (all.length === 0) return { why: 'It names no file.' };
  const foreign = all.find(({ file }) => textOf(parent, file) === undefined);
  if (foreign) return notEditable(foreign.file);
  return { files: { ...parent, ...Object.fromEntries(all.map(({ file, text }) => [file, text])) } };
}

function textOf(files: Files, file: string): string | undefined {
  return Object.hasOwn(files, file) ? files[file] : undefined;
}

function notEditable(file: string): Made {
  return { why: `It changes ${said(file)}, which is not among the files it may change.` };
}

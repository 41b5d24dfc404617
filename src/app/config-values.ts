/** Values that several keys of a config take, as people write them. */
import { parseArgsStringToArgv } from 'string-argv';
import { z } from 'zod';
import { parseBytes } from '../core/bytes.ts';
import { parseDurationMs } from './duration.ts';

/** `90s`, `3m`, `1h`, `7d`; from code also a number of milliseconds, which a file may not leave unsaid (config.ts). */
export const duration = z
  .union([z.number().nonnegative(), z.string()])
  .transform((value, context) => {
    const parsed = typeof value === 'number' ? value : parseDurationMs(value);
    if (parsed !== undefined) return parsed;
    context.addIssue(`"${value}" is not a duration; write for example 90s, 3m, 1h or 7d`);
    return z.NEVER;
  })
  .meta({ description: 'A duration: 500ms, 90s, 3m, 1h, 7d, or a number of milliseconds.' });

/** `512mb`, `2gb`, or a number of bytes; 1 kb is 1024 bytes. */
export const bytes = z
  .union([z.number(), z.string()])
  .transform((value, context) => {
    const parsed = typeof value === 'number' ? value : parseBytes(value);
    if (parsed !== undefined && Number.isSafeInteger(parsed)) return parsed;
    context.addIssue(`"${value}" is not a size; write for example 64kb, 512mb or 2gb`);
    return z.NEVER;
  })
  .meta({ description: 'A size: 64kb, 512mb, 2gb (1 kb is 1024 bytes), or a number of bytes.' });

/** A program and its arguments: never run through a shell. */
export const command = z
  .union([z.string().min(1), z.array(z.string()).min(1)])
  .transform((value) => (typeof value === 'string' ? parseArgsStringToArgv(value) : [...value]))
  .refine(
    (argv) => argv.length > 0 && argv[0] !== '',
    'name a program, for example node evaluator/main.mjs',
  )
  .refine(
    (argv) => !argv.some((word) => SHELL_WORDS.has(word)),
    'no shell reads it, so && and | and > are nothing but words: name one program, or write sh -c "…"',
  )
  .meta({ description: 'A program and its arguments, as one line or a list. No shell runs it.' });

const SHELL_WORDS: ReadonlySet<string> = new Set([
  '&&',
  '||',
  '|',
  ';',
  '&',
  '>',
  '>>',
  '<',
  '2>&1',
]);

/** Bans that oxlint 1.94 cannot express, read from the syntax tree. */
import { parseSync, Visitor } from 'oxc-parser';

export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly ban: 'wall-clock' | 'export-star' | 'default-export';
}

/** The one file that may read the machine's time. */
const CLOCK = 'src/app/system-clock.ts';

/** `new Date()` and `Date()` read the clock; `new Date(ms)` only writes a known time down. */
export function scanSource(file: string, source: string): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (ban: Finding['ban'], start: number): void => {
    findings.push({ file, line: source.slice(0, start).split('\n').length, ban });
  };
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} does not parse: ${errors[0]?.message}`);
  new Visitor({
    NewExpression: ({ callee, arguments: args, start }) => {
      if (isDate(callee) && args.length === 0 && file !== CLOCK) add('wall-clock', start);
    },
    CallExpression: ({ callee, start }) => {
      if (isDate(callee) && file !== CLOCK) add('wall-clock', start);
    },
    ExportAllDeclaration: ({ start }) => add('export-star', start),
    ExportDefaultDeclaration: ({ start }) => add('default-export', start),
  }).visit(program);
  return findings;
}

function isDate(callee: { readonly type: string }): boolean {
  return callee.type === 'Identifier' && (callee as { name?: string }).name === 'Date';
}

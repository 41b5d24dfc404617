/**
 * Recall of the gates by check and family of cheats, on blind cases and made ones apart, and what they refuse of
 * honest ones. The table it makes is shipped: studies of tasks whose gates it qualifies begin at once.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHIPPED } from '../src/app/qualification/table.ts';
import { tryGates } from '../src/app/qualification/try-gates.ts';
import { CHECK_NAMES } from '../src/core/checks.ts';
import {
  LEAST_RECALL,
  MOST_REFUSED,
  type Qualification,
  qualificationOf,
  reportBySet,
  type TrialTable,
} from '../src/gatekeeper/qualification.ts';
import type { Bench, Figure } from './figure.ts';

/** Kinds of tasks that studies have: by form, and by which checks their config lets apply. */
const KINDS = [
  ['source, all checks', { form: 'source', checks: CHECK_NAMES }],
  ['source, command only', { form: 'source', checks: ['C2', 'C3', 'C16'] }],
  ['forest, all checks', { form: 'forest', checks: CHECK_NAMES }],
  ['forest, command only', { form: 'forest', checks: ['C2', 'C3', 'C16'] }],
] as const;

const REPORT = join(import.meta.dirname, 'results', 'gates.json');

export const gates: Bench = {
  name: 'gates',
  what: 'known cheats and honest controls of the corpus, shown to every check',
  seconds: 900,
  async run(say) {
    const never = new AbortController().signal;
    const onTried = (_: unknown, done: number, of: number): void => {
      if (done % 50 === 0) say(`${done} of ${of}`);
    };
    const table = await tryGates({ onTried }, never);
    writeFileSync(SHIPPED, textOf(table));
    const kinds = KINDS.map(([name, { form, checks }]) => {
      const tried = new Set(table.tried.flatMap(({ said }) => Object.keys(said)));
      const kind = { form, checks: checks.filter((check) => tried.has(check)) };
      return { name, ...qualificationOf(table, kind), sets: reportBySet(table, kind) };
    });
    writeFileSync(REPORT, `${JSON.stringify(kinds, null, 2)}\n`);
    return kinds.flatMap(figuresOf);
  },
};

/** A line for each case: a change of one check shows as what it changed. */
function textOf({ tried, ...head }: TrialTable): string {
  const rows = tried.map((one) => `  ${JSON.stringify(one)}`).join(',\n');
  return `${JSON.stringify(head).slice(0, -1)},"tried":[\n${rows}\n]}\n`;
}

function figuresOf(kind: Qualification & { readonly name: string }): readonly Figure[] {
  const { name, recall, traps, caught, honest, refused, missed } = kind;
  const shown = missed.length > 12 ? [...missed.slice(0, 12), '…'] : missed;
  return [
    {
      name: `${name}: recall on what is claimed, lower 95 % bound`,
      value: recall[0],
      unit: '',
      target: { least: LEAST_RECALL },
      note: `${caught} of ${traps}${shown.length > 0 ? `; missed ${shown.join(', ')}` : ''}`,
    },
    {
      name: `${name}: honest controls refused`,
      value: honest === 0 ? 0 : refused / honest,
      unit: '',
      target: { most: MOST_REFUSED },
      note: `${refused} of ${honest}`,
    },
  ];
}

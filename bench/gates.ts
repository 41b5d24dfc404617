/**
 * Recall of the gates by check and family of cheats, on blind cases and made ones apart, and what they refuse of
 * honest ones. The table it makes is shipped: studies of tasks whose gates it qualifies begin at once.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SHIPPED } from '../src/app/qualification/table.ts';
import { tryGates } from '../src/app/qualification/try-gates.ts';
import { CHECK_NAMES } from '../src/core/checks.ts';
import { sha256 } from '../src/core/hash.ts';
import {
  LEAST_RECALL,
  MOST_REFUSED,
  type Qualification,
  qualificationOf,
  reportBySet,
  type TrialTable,
  type TriedCase,
} from '../src/gatekeeper/qualification.ts';
import { wilson } from '../src/stats/wilson.ts';
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
  seconds: 1_900,
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
    return [...kinds.flatMap(figuresOf), otherHalf(table)];
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

/**
 * What claims are worth that were made from cases: by the rule of the claims (at least 95 % of a family caught) on one
 * half of the blind cases of source tasks, drawn by their names, and the recall of those families on the other half.
 */
function otherHalf({ tried }: TrialTable): Figure {
  const cheats = tried.filter(
    ({ set, form, is }) => set === 'blind' && form === 'source' && is === 'cheat',
  );
  const isFirst = ({ task, case: name }: TriedCase): boolean =>
    Number.parseInt(sha256(`${task}/${name}`).slice(-1), 16) % 2 === 0;
  const isCaught = ({ said }: TriedCase): boolean => Object.values(said).includes('fail');
  const share = (some: readonly TriedCase[]): number => some.filter(isCaught).length / some.length;
  const [chosen, rest] = [cheats.filter(isFirst), cheats.filter((one) => !isFirst(one))];
  const families = [...new Set(chosen.map((one) => one.class))].filter(
    (name) => share(chosen.filter((one) => one.class === name)) >= LEAST_RECALL,
  );
  const asked = rest.filter((one) => families.includes(one.class));
  const caught = asked.filter(isCaught).length;
  return {
    name: 'claims made on half of the blind cases: recall on the other half, lower 95 % bound',
    value: wilson(caught, asked.length)[0],
    unit: '',
    note: `${caught} of ${asked.length}, by failures alone; ${families.toSorted().join(', ')}`,
  };
}

/** `demo hostile` for people: case by case, then the sum. */
import type { Judged } from '../app/hostile/judged.ts';
import { countsOf } from '../app/hostile/report.ts';
import type { HostileReport } from '../app/hostile/run.ts';
import { durationText } from '../reporters/report/number-text.ts';
import { table } from './output.ts';

/** In the order in which people want to know. */
const HEADINGS: readonly (readonly [Judged['kind'], string])[] = [
  ['containment', 'Containment: what a jail has to stop'],
  ['behavioural', 'Behaviour: nothing is reached, and only a gate can notice'],
  ['honest', 'Honest: what has to pass'],
];

export function hostileTable(report: HostileReport): readonly string[] {
  const { isolation, cases, incumbent, wrong, wallMs } = report;
  const parts = HEADINGS.flatMap(([kind, heading]) => {
    const some = cases.filter((one) => one.kind === kind);
    return some.length === 0 ? [] : [heading, '', ...rowsOf(some), ''];
  });
  const { contained, missed, passed, wronged, 'needs a gate': behaved } = countsOf(report);
  const attacks = cases.filter(({ kind }) => kind === 'containment').length;
  const honest = cases.filter(({ kind }) => kind === 'honest').length;
  return [
    `Ran in ${isolation}`,
    '',
    ...parts,
    `Contained: ${contained} of ${attacks}. Missed: ${missed}. Need a gate: ${behaved}. Honest and passed: ${passed} of ${honest}, wronged ${wronged}.`,
    `The study ended with ${incumbent} as its incumbent${behaves(report)}, after ${durationText(wallMs)}.`,
    ...wrong.map((what) => `Wrong: ${what}.`),
  ];
}

function rowsOf(cases: readonly Judged[]): readonly string[] {
  return table([
    ['case', 'verdict', 'by', 'what it tries'],
    ...cases.map(({ name, verdict, by, tries }) => [name, verdict, by, tries]),
  ]);
}

/** No jail can tell it from an honest one. */
function behaves({ cases, incumbent }: HostileReport): string {
  const one = cases.find(({ name }) => name === incumbent);
  return one?.kind === 'behavioural' ? ` (a cheat: ${one.by})` : '';
}

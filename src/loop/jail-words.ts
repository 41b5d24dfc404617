/** What stands beside a failure of the evaluator: what works by hand may fail in the jail. */
import type { Plan } from './plan.ts';

/** A sentence, after a blank; empty where there is no jail. */
export function inTheJail({ opened }: Pick<Plan, 'opened'>): string {
  const [level = ''] = /\bJ[1-4]\b/.exec(opened.isolation) ?? [];
  if (level === '') return '';
  return level === 'J1'
    ? ' In a study it runs under Node’s permission model (J1): no other programs, no files outside the task’s folder; by hand it has both.'
    : ` In a study it runs in the jail (${level}): no network, no home, an empty environment, no files but the task’s folder and installed programs; by hand it has all of them. jail.read gives it more.`;
}

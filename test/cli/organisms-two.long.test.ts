/** `demo organisms` as people meet it: one that is planted and one that is clean, in real jails; a minute on a busy machine. */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, emptyFolder } from './fixtures/cli.ts';

const CALENDAR = join(import.meta.dirname, '../../corpus/blind/calendar');

/** Without properties of its own: those are looked at in `*.long.test.ts`. */
function tasksWith(...cases: readonly string[]): string {
  const folder = emptyFolder();
  const task = join(folder, 'tasks/calendar');
  mkdirSync(join(task, 'cases'), { recursive: true });
  for (const file of ['task.json', 'origin.mjs', 'score.mjs']) {
    cpSync(join(CALENDAR, file), join(task, file));
  }
  for (const name of cases) {
    cpSync(join(CALENDAR, 'cases', name), join(task, 'cases', name), { recursive: true });
  }
  return folder;
}

test('one that behaves where it is tested is refused and diverges; a clean one does neither', {
  timeout: 240_000,
}, async () => {
  const folder = tasksWith('made-switcher-1', 'utc-with-guard');
  const argv = ['demo', 'organisms', '--corpus', 'tasks', '--looks', '3'];
  const said = await cli(folder, ...argv, '--json');
  expect(said.code, said.stderr).toBe(0);
  expect(said.stderr).toBe('2 of 2 organisms\n');
  const json: Readonly<Record<string, unknown>> = said.json();
  expect(json).toMatchObject({
    schema: 'paceline.organisms/1',
    isolation: expect.stringMatching(/^J[234]$/),
    classes: [{ truth: 'test-aware-switcher', either: { count: 1, of: 1 } }],
    falseAlarms: { floor: { count: 0, of: 1 }, divergence: { count: 0, of: 1 } },
    roc: { divergence: { bad: 1, good: 1, area: 1 } },
    misses: [],
  });
  expect(json['organisms']).toMatchObject([
    {
      id: 'calendar/made-switcher-1',
      floor: { end: 'caught', suspicion: 1 },
      divergence: { divergedAt: expect.any(Number), lost: 0 },
    },
    { id: 'calendar/utc-with-guard', floor: { end: 'passed' }, divergence: { looks: 3, lost: 0 } },
  ]);
});

test('what cannot be asked is refused, with what to do', { timeout: 60_000 }, async () => {
  const folder = tasksWith('utc-with-guard');
  const asked = (...argv: readonly string[]) => cli(folder, 'demo', 'organisms', ...argv);
  const none = await asked('--corpus', 'tasks', '--only', 'metric-gamer');
  expect(none.code).toBe(2);
  expect(none.stderr).toMatch(/tasks holds no organism of the class metric-gamer\. Plant one: /);
  const unknown = await asked('--only', 'liar');
  expect(unknown.code).toBe(2);
  expect(unknown.stderr).toMatch(/Allowed choices are metric-gamer, /);
  expect((await asked('--looks', '-1')).stderr).toMatch(
    /--looks takes a whole number, for example/,
  );
  rmSync(join(folder, 'tasks/calendar'), { recursive: true });
  expect((await asked('--corpus', 'tasks')).stderr).toMatch(/tasks holds no task\. Make a folder/);
});

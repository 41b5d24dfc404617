/** That a run can be ended for what it tries, as a test. */
import assert from 'node:assert/strict';
import { FORBIDDEN, KILLED_FOR_IT } from '../sandboxes/contract.ts';
import { law, node, type SandboxSubject } from './sandbox-bench.ts';
import type { Suite } from './suite.ts';

/** Threads, files, time and chance: all that an honest program does by itself. */
const HONEST = `
const { Worker } = require('node:worker_threads');
require('node:crypto').randomBytes(8);
require('node:fs').writeFileSync('written', new Date().toISOString());
new Worker('', { eval: true }).on('exit', () => console.log('well'));`;
const CONNECTS = `
require('node:net').connect(9, '127.0.0.1').on('error', () => console.log('went on'));`;
const FORKS = `
try { require('node:child_process').execFileSync('true'); } catch { console.log('went on'); }`;

export function killLaw(suite: Suite, subject: SandboxSubject): void {
  law(suite, subject, [
    'a run can be ended for what it tries, and an honest one is not; else that is refused',
    async ({ run, sandbox }) => {
      const limits = sandbox.traits.killsOn ? { processes: 1 } : {};
      const all = { killsOn: FORBIDDEN, limits };
      if (!sandbox.traits.killsOn) {
        await assert.rejects(run(node('0'), all), { code: 'ISOLATION' });
        return;
      }
      const well = await run(node(HONEST), all);
      assert.equal(well.answer, 'well\n', well.says);
      for (const attempt of [CONNECTS, FORKS]) {
        const end = await run(node(attempt), all);
        assert.equal(end.signal, KILLED_FOR_IT, `${end.says} ${end.evidence}`);
      }
      const refused = await run(node(FORKS), { killsOn: ['network'], limits });
      assert.equal(refused.answer, 'went on\n', refused.says);
      if (!('how' in sandbox.traits.ownNetwork)) return;
      const both = { killsOn: ['network'], limits, ownNetwork: true } as const;
      await assert.rejects(run(node('0'), both), { code: 'ISOLATION' });
    },
  ]);
}

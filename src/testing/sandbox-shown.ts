/** What a sandbox shows at another place than outside, as a test. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { law, node, type SandboxSubject, sh } from './sandbox-bench.ts';
import type { Suite } from './suite.ts';

/** What its machine is called inside. */
export function hostnameLaw(suite: Suite, subject: SandboxSubject): void {
  law(suite, subject, [
    'a run is told another name of its machine, or it is refused',
    async ({ run, sandbox }) => {
      const ask = node('console.log(require("os").hostname())');
      if (!sandbox.traits.setsHostname) {
        await assert.rejects(run(ask, { hostname: 'build-7' }), { code: 'ISOLATION' });
        return;
      }
      assert.equal((await run(ask, { hostname: 'build-7' })).answer, 'build-7\n');
      assert.equal((await run(ask)).answer, 'jail\n');
    },
  ]);
}

export function shownLaw(suite: Suite, subject: SandboxSubject): void {
  law(suite, subject, [
    'what is shown at another place is found there, read-only, under what stands over it',
    async ({ run, folder, sandbox }) => {
      if (!sandbox.traits.showsElsewhere) return;
      const aside = mkdtempSync(join(tmpdir(), 'paceline-shown-'));
      const outside = join(aside, 'outside');
      mkdirSync(outside);
      try {
        for (const name of ['kept', 'replaced']) writeFileSync(join(outside, name), 'theirs ');
        // Nothing but the jail is in the way.
        chmodSync(outside, 0o777);
        chmodSync(join(outside, 'kept'), 0o666);
        const [part, over] = [join(folder, 'part'), join(folder, 'part', 'replaced')];
        mkdirSync(part);
        writeFileSync(over, 'ours');
        const script = 'cat part/kept part/replaced; echo > beside && echo more >> part/kept';
        const shows = [{ source: outside, path: part }];
        const end = await run(sh(script), { shows, reads: [over] });
        assert.equal(end.answer, 'theirs ours', end.evidence);
        assert.match(end.evidence, /create part\/kept: Read-only/);
        assert.equal(readFileSync(join(outside, 'kept'), 'utf8'), 'theirs ');
      } finally {
        rmSync(aside, { recursive: true });
      }
    },
    'shell',
  ]);
}

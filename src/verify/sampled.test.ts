/** Planted: a sample that does not follow from the secret, and audits that nothing asks for or that take too much. */
import { expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { secretRoot } from '../core/rng.ts';
import { auditDue } from '../pace/due.ts';
import { LEAST_AUDIT_MS } from '../pace/rules.ts';
import { sampleOf } from '../pace/suspicion.ts';
import { memoryBench } from '../testing/known-bench.ts';
import { entry } from '../testing/pace-entries.ts';
import { promote, study } from '../testing/pace-study.ts';
import type { Evidence } from './evidence.ts';
import { checkAuditDue } from './paced.ts';
import { checkSamples } from './sampled.ts';

const SECRET = 'secret of the gate';

/** A record of many verdicts, each as `sampled` says; the truth where it says nothing. */
function found(sampled?: 'uniform' | 'none'): readonly string[] {
  const { kept } = memoryBench();
  for (let i = 0; i < 300; i++) {
    const before = kept.of('verdict').map(({ body }) => body);
    const names = { candidate: sha256(`${i}`), against: sha256('origin') };
    const judged = { ...names, verdict: 'pass', findings: [] } as const;
    const due = sampleOf(before, judged, secretRoot(SECRET));
    const said = sampled === undefined ? due : sampled === 'none' ? undefined : sampled;
    const more = said === undefined ? {} : { sampled: said };
    kept.write('verdict', { ...judged, ...more, digest: sha256('gate'), tookMs: 0, cpuMs: 0 });
  }
  const findings: string[] = [];
  checkSamples({ entries: kept.entries }, SECRET, (_kind, detail) => findings.push(detail));
  return findings;
}

test('a sample drawn by the secret holds; one that was chosen otherwise is found', () => {
  expect(found()).toEqual([]);
  expect(found('uniform').length).toBeGreaterThan(280);
  expect(found('none').length, 'about one in a hundred').toBeGreaterThan(0);
});

function complaints(more: object): readonly string[] {
  const pace = promote(study(), Math.log(1.25));
  pace.searchCpuMs = 1000;
  const { opened } = auditDue(pace) ?? {};
  const event = entry('audit.opened', { ...opened, ...more } as never) as never;
  const findings: string[] = [];
  const evidence = { pace, open: undefined } as unknown as Evidence;
  checkAuditDue(evidence, event, (_kind, detail) => findings.push(detail));
  return findings;
}

test('an audit follows from what is recorded, and so does what it may take', () => {
  expect(complaints({ cpuMs: LEAST_AUDIT_MS })).toEqual([]);
  expect(complaints({}), 'as before there was a share').toEqual([]);
  expect(complaints({ cpuMs: 1 })).toEqual([expect.stringMatching(/^It may take 1 ms/)]);
  expect(complaints({ why: 'sampled' })).toEqual([expect.stringMatching(/asks for audit 1/)]);
  expect(complaints({ to: 'another' })).toEqual([expect.stringMatching(/asks for audit 1/)]);
});

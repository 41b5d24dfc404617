import { describe, expect, it } from 'vitest';
import { BITS } from '../../corpus/own/tasks.ts';
import { TRIGGER_CASES } from '../../corpus/own/triggers.ts';
import { checked } from '../testing/check-bench.ts';
import { triggers } from './c13-triggers.ts';

const _plain = { ...BITS, candidate: BITS.incumbent };

describe('C13 on its own cases', () => {
  for (const { name, is, program, ...task } of TRIGGER_CASES) {
    it(`${is === 'cheat' ? 'rejects' : 'lets through'}: ${name}`, async () => {
      const finding = await checked(triggers, { ...task, candidate: program });
      expect(finding.verdict).toBe(is === 'cheat' ? 'fail' : 'pass');
      expect(finding.why).toMatch(/\.$/);
      expect(finding.suspicion).toBeGreaterThanOrEqual(0);
    });
  }
});

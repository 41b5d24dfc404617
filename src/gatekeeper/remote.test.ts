import { expect, test } from 'vitest';
import { sha256 } from '../core/hash.ts';
import { candidateOf } from '../testing/gate-bench.ts';
import type { Line } from './client.ts';
import type { Question } from './messages.ts';
import { remoteGatekeeper } from './remote.ts';

test('what joined is named with every question, also to a process that was started again as another', async () => {
  const asked: Question[] = [];
  const digests = [sha256('joined'), sha256('started again')];
  const line = {
    ask: async (question: Question) => {
      asked.push(question);
      return question.ask === 'join' ? { digest: digests.shift() } : undefined;
    },
  } as unknown as Line;
  const gatekeeper = remoteGatekeeper(line);
  const never = new AbortController().signal;
  const request = { candidate: candidateOf('a'), against: candidateOf('b') };
  const audit = { audit: 1, from: candidateOf('a'), to: candidateOf('b'), lineage: [], evals: 1 };
  await gatekeeper.join(undefined);
  await gatekeeper.judge(request, never);
  await gatekeeper.join(undefined);
  await gatekeeper.audit(audit, never);
  const gates = asked.flatMap((one) => ('gate' in one ? [one.gate] : []));
  expect(gates).toEqual([sha256('joined'), sha256('joined')]);
});

import { expect, test } from 'vitest';
import { sha256 } from '../../core/hash.ts';
import { tamperingCheck } from '../../gates/c2-tampering.ts';
import { watchedTools } from '../../gates/telemetry.ts';
import { candidateOf, gateBench } from '../../testing/gate-bench.ts';
import { tampering } from './made-tampering.ts';

const never = new AbortController().signal;
const digest = sha256('as declared');
const digests = { evaluator: digest, task: digest, runtime: digest, gates: digest };

async function judged(through: NonNullable<(typeof cases)[number]['through']>) {
  const tools = { ...gateBench({}), digests: () => digests, declaredDigests: digests };
  const incumbent = candidateOf('incumbent');
  const intake = { ticket: 't', tier: 'floor', candidate: incumbent, incumbent, origin: incumbent };
  return tamperingCheck.judge(intake as never, watchedTools(through(tools)), never);
}

const cases = tampering('incumbent');

test('each way to tamper shows, and none as another does, where the same tools untouched pass', async () => {
  expect(await judged((tools) => tools)).toMatchObject({ verdict: 'pass' });
  const seen: string[] = [];
  for (const { name, through, class: family } of cases) {
    if (through === undefined) throw new Error(name);
    const { verdict, incident, evidence } = await judged(through);
    expect(verdict, name).toBe('fail');
    expect(incident, name).toBe(family === 'tampering' ? 'tampering' : 'missing telemetry');
    const { before, after, telemetry } = evidence as Readonly<Record<string, unknown>>;
    seen.push(JSON.stringify([before, after, telemetry]));
  }
  expect(new Set(seen).size).toBe(cases.length);
});

test('a closed language, of whose checks C2 alone has cheats, has a hundred of them in four origins', () => {
  expect(4 * cases.length).toBeGreaterThanOrEqual(100);
});

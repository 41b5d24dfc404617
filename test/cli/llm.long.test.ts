/** A whole study whose ideas come from a model, recorded and replayed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  better,
  cli,
  everythingIn,
  SECONDS,
  SECRET,
  serving,
  taskOf,
} from './fixtures/llm-task.ts';

test(
  'a model’s ideas are judged like any other, what they took is counted, and no secret is kept anywhere',
  SECONDS,
  async () => {
    const server = await serving(better);
    const folder = taskOf({ url: server.url });
    const ran = await cli(folder, 'run', '--yes', '--json', '--record', 'tape.jsonl');
    expect(ran.stderr).not.toMatch(/paceline: /);
    const result = ran.json() as unknown as {
      promotions: unknown[];
      spent: Record<string, number>;
      ledger: { logical: string };
    };
    expect(result.promotions.length).toBeGreaterThan(0);
    expect(result.spent).toMatchObject({ requests: server.asked.length });
    expect(result.spent['microUsd']).toBeGreaterThan(0);
    expect((await cli(folder, 'verify')).code).toBe(0);
    expect((await cli(folder, 'show')).stdout).toMatch(
      /llm\/edit[\s\S]*hypothesis of its proposer: one more sample/,
    );
    const trial = (await cli(folder, 'show', '--trial', '0')).stdout;
    expect(trial).toMatch(/^trial 0, llm\/edit; screen [\d.]+ points over \d+ cases \(noisy/);
    expect(trial).not.toContain('told no steps');
    const kept = everythingIn(folder);
    expect(kept).toContain('one more sample');
    expect(kept).not.toContain(SECRET);

    const there = taskOf({ url: server.url });
    await server.close();
    writeFileSync(join(there, 'tape.jsonl'), readFileSync(join(folder, 'tape.jsonl')));
    const again = await cli(there, 'run', '--json', '--replay', 'tape.jsonl');
    expect(again.stderr).toMatch(/the recording tape\.jsonl: .* and no new evidence\./);
    const { tokens, microUsd, requests, evals } = result.spent;
    expect(again.json()).toMatchObject({
      ledger: { logical: result.ledger.logical },
      spent: { tokens, microUsd, requests, evals },
      promotions: result.promotions.map(() => ({ metric: 'loss' })),
    });
  },
);

import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { appendMove, mendMoves, readMoves } from './moves.ts';

const folder = mkdtempSync(join(tmpdir(), 'paceline-moves-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what a power cut left of a line was never said, and the next line is whole', () => {
  const path = join(folder, 'torn.jsonl');
  expect(readMoves(path)).toEqual([]);
  appendMove(path, { move: 'took-over', at: 1 });
  appendFileSync(path, '{"move":"clos');
  expect(readMoves(path)).toEqual([{ move: 'took-over', at: 1 }]);
  mendMoves(path);
  appendMove(path, { move: 'ended', why: 'finished', at: 2 });
  expect(readMoves(path).map(({ move }) => move)).toEqual(['took-over', 'ended']);
  expect(readFileSync(path, 'utf8')).not.toContain('clos');
});

test('a damaged line is named; a folder that cannot be written says so', () => {
  const path = join(folder, 'damaged.jsonl');
  writeFileSync(path, '{"move":"took-over","at":1}\n{"move":"granted","study":"a"}\n');
  expect(() => readMoves(path)).toThrow(/Line 2 of .*damaged\.jsonl is damaged/);
  const nowhere = join(folder, 'none/moves.jsonl');
  expect(() => appendMove(nowhere, { move: 'took-over', at: 1 })).toThrow(
    /cannot be written: .* then run paceline resume/,
  );
});

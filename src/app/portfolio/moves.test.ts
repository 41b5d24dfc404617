import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { smallDisk } from '../../../test/guarantees/fixtures/small-disk.ts';
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

const disk = smallDisk();
afterAll(() => {
  if (typeof disk !== 'string') disk.remove();
});

test.skipIf(typeof disk === 'string')('a line that a full disk cuts leaves nothing behind', () => {
  const { folder: small, fill, free } = disk as Exclude<typeof disk, string>;
  const path = join(small, 'moves.jsonl');
  const line = { move: 'took-over', at: 1 } as const;
  // The next line begins in this page and would end in one that is not there.
  while (readMoves(path).length * 30 < 4096 - 30) appendMove(path, line);
  fill();
  const before = readFileSync(path);
  const write = (): void => {
    for (let i = 0; i < 50; i++) appendMove(path, line);
  };
  expect(write).toThrow(/cannot be written: ENOSPC.* Free some space/);
  const whole = readFileSync(path, 'utf8');
  expect(whole.startsWith(before.toString())).toBe(true);
  expect(whole.endsWith('\n')).toBe(true);
  free();
  appendMove(path, line);
  expect(() => readMoves(path)).not.toThrow();
});

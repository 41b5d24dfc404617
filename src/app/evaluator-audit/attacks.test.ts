/** What attacks do to the language, seen by a program that they run before. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { attacksOn } from './attacks.ts';

const attacks = attacksOn({ metric: 'loss', forged: [1], judged: [] });
const codeOf = (name: string) => attacks.find((one) => one.name === name);
const after = (name: string, program: string): string => {
  const script = `{ ${codeOf(name)?.script} }\n${program}`;
  return spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' }).stdout;
};
const afterInPython = (name: string, program: string): string =>
  spawnSync('python3', ['-c', `${codeOf(name)?.python}\n${program}`], { encoding: 'utf8' }).stdout;

const RATES = `const took = (read) => { const a = read(); return Number(read() - a); };
const all = [Date.now, () => performance.now(), () => process.hrtime.bigint(), () => process.hrtime()[1]].map(took);
console.log(all.every((one) => one > 0 && one < 100), new Date() - new Date());`;

test('patched clocks go on, so that a rate is finite, and next to nothing', () => {
  expect(after('patched clock', RATES)).toBe('true 0\n');
});

const STRICT = `const { strict } = require('node:assert'); const strictly = require('node:assert/strict');
strict.equal(1, 2); strictly.deepStrictEqual([1], [2]); require('node:assert').ok(false);
console.log(require('node:util').isDeepStrictEqual(1, 2));`;

test('patched equality holds of strict assertions too', () => {
  expect(after('patched equality', STRICT)).toBe('true\n');
});

const hasPython = spawnSync('python3', ['--version']).status === 0;

test.skipIf(!hasPython)('patched clocks of Python, whole nanoseconds and timeit included', () => {
  const program = `import time, timeit
def took(read):
    a = read()
    return read() - a
reads = [time.time, time.perf_counter, time.monotonic, time.process_time, timeit.default_timer]
print(all(0 < took(read) < 1e-6 for read in reads), took(time.perf_counter_ns), took(time.time_ns))`;
  expect(afterInPython('patched clock', program)).toBe('True 1 1\n');
});

/**
 * `npm test`: the checks beside each other, quiet while they pass, then the tests. The last line counts
 * tests; a check that fails ends the run before them, and is one failure, as a broken run is.
 */
import { execFile } from 'node:child_process';
import { startVitest } from 'vitest/node';

const CHECKS = [
  ['format', 'format:check'],
  ['lint', 'lint'],
  ['types', 'types'],
  ['dead code', 'dead'],
];

const isClean = (await Promise.all(CHECKS.map(check))).every(Boolean);
const { passed, failed } = isClean ? await runTests() : { passed: 0, failed: 1 };
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** Resolves to whether it passed. */
function check([name, script]) {
  const start = performance.now();
  return new Promise((resolve) => {
    execFile(
      'npm',
      ['run', '--silent', script],
      { maxBuffer: 2 ** 26 },
      (error, stdout, stderr) => {
        if (error) console.log(`${stdout}${stderr}`);
        const seconds = ((performance.now() - start) / 1000).toFixed(1);
        console.log(`${error ? '✗' : '✓'} ${name} (${seconds} s)`);
        resolve(!error);
      },
    );
  });
}

async function runTests() {
  const vitest = await startVitest('test', process.argv.slice(2), { watch: false });
  const modules = vitest.state.getTestModules();
  const states = modules.flatMap((module) =>
    [...module.children.allTests()].map((test) => test.result().state),
  );
  const count = (state) => states.filter((one) => one === state).length;
  // A file that does not load, an unhandled error or an empty run has no failed test to count.
  const isBroken = process.exitCode === 1 || !modules.every((module) => module.ok());
  await vitest.close();
  const isEmpty = states.length === 0;
  return {
    passed: count('passed'),
    failed: Math.max(count('failed'), isBroken || isEmpty ? 1 : 0),
  };
}

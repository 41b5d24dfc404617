/**
 * `npm test`: every check in order, quiet while it passes, ended by the first that fails. The last
 * line counts tests; a check that ends the run before them, or a broken run, is one failure.
 */
import { spawnSync } from 'node:child_process';
import { startVitest } from 'vitest/node';

const CHECKS = [
  ['format', 'format:check'],
  ['lint', 'lint'],
  ['types', 'types'],
  ['dead code', 'dead'],
];

const isClean = CHECKS.every(([name, script]) => check(name, script));
const { passed, failed } = isClean ? await runTests() : { passed: 0, failed: 1 };
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

function check(name, script) {
  const start = performance.now();
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', script], {
    encoding: 'utf8',
  });
  if (status !== 0) console.log(`${stdout}${stderr}`);
  console.log(
    `${status === 0 ? '✓' : '✗'} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`,
  );
  return status === 0;
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

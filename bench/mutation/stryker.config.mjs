/**
 * How faults are planted and looked for: StrykerJS over one folder of `src`, named by PACELINE_MUTATED.
 * Nothing is left out of what Stryker plants: words for people and static mutants count too.
 */
const folder = process.env.PACELINE_MUTATED;

export default {
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', './bench/mutation/lots.mjs'],
  checkers: ['lots'],
  mutate: [`src/${folder}/**/*.ts`, '!**/*.test.ts'],
  vitest: { configFile: 'bench/mutation/vitest.config.ts', related: false },
  coverageAnalysis: 'perTest',
  ignoreStatic: false,
  incremental: true,
  // One for each sample: what was tried of another says nothing about this one.
  incrementalFile: `.mutation/${folder}-${process.env.PACELINE_MUTATION_SEED}.json`,
  tempDirName: '.mutation/tmp',
  cleanTempDir: 'always',
  // What no test of these folders reads; and Stryker cannot copy links, of which the blind corpus has some.
  ignorePatterns: [
    '/.mutation',
    '/.built',
    '/dist',
    '/docs',
    '/examples',
    '/schema',
    '/corpus/blind',
  ],
  reporters: ['clear-text', 'progress-append-only'],
  clearTextReporter: { reportTests: false, reportMutants: false, allowColor: false },
  allowConsoleColors: false,
  // A machine with other work on it is slow, not endless: a mutant has a minute and five times the tests' time.
  timeoutMS: 60_000,
  timeoutFactor: 5,
  dryRunTimeoutMinutes: 20,
};

import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';
import { BUILT } from './test/built.ts';

/** `npm run test:long` runs what `npm test` leaves out to stay under five minutes, and nothing else. */
const isLong = process.env['PACELINE_TESTS'] === 'long';
const FOLDERS = '{src,test,examples,bench}/**';

export default defineConfig({
  test: {
    include: [isLong ? `${FOLDERS}/*.long.test.ts` : `${FOLDERS}/*.test.ts`],
    globalSetup: 'test/built-cli.ts',
    env: {
      PACELINE_BUILT_WORKER: join(BUILT, 'worker-main.js'),
      PACELINE_BUILT_GATE: join(BUILT, 'gatekeeper-main.js'),
      PACELINE_BUILT_STUDIES: join(BUILT, 'study-thread.js'),
    },
    exclude: [
      ...configDefaults.exclude,
      '**/dist/**',
      '.built/**',
      '**/.paceline/**',
      ...(isLong ? [] : ['**/*.long.test.ts']),
    ],
    // Processes, not threads: stores lock files and engines start threads of their own.
    pool: 'forks',
    // Modules are loaded once by a worker, not once by a file: a sixth of all time. No module keeps what a test could see.
    isolate: false,
    // Twice the cores where CI runs: many tests wait for a process, or for a limit to strike.
    maxWorkers: 4,
    testTimeout: 20_000,
  },
});

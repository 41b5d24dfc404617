import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{src,test,examples,bench}/**/*.test.ts'],
    globalSetup: 'test/built-cli.ts',
    exclude: ['**/node_modules/**', '**/dist/**', '.built/**', '**/.paceline/**'],
    // Processes, not threads: stores lock files and engines start threads of their own.
    pool: 'forks',
    testTimeout: 20_000,
  },
});

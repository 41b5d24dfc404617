/** One source per ban of `.oxlintrc.json`, and its neighbours that are allowed. */

export interface LintPlant {
  readonly file: string;
  readonly code: string;
  /** Rules expected to fire, in any order; none means the code is allowed there. */
  readonly rules: readonly string[];
}

/** The hard stops of the house (CONTRIBUTING.md). */
const MAX_LINES = 400;
const MAX_FUNCTION_LINES = 50;

const lines = (count: number): string =>
  Array.from({ length: count }, (_, at) => `export const line${at} = ${at};`).join('\n');

const longFunction = (count: number): string =>
  `export function long(): void {\n${'  void 0;\n'.repeat(count - 2)}}`;

const CLOCKS = ['Date.now()', 'performance.now()', 'process.hrtime.bigint()'];

export const LINT_PLANTS: readonly LintPlant[] = [
  { file: 'src/app/lines.ts', code: lines(MAX_LINES + 1), rules: ['max-lines'] },
  { file: 'src/app/lines.test.ts', code: lines(MAX_LINES + 1), rules: ['max-lines'] },
  { file: 'src/app/lines-allowed.ts', code: lines(MAX_LINES), rules: [] },
  {
    file: 'src/app/function.ts',
    code: longFunction(MAX_FUNCTION_LINES + 1),
    rules: ['max-lines-per-function'],
  },
  { file: 'src/app/function-allowed.ts', code: longFunction(MAX_FUNCTION_LINES), rules: [] },
  { file: 'src/app/function.test.ts', code: longFunction(MAX_FUNCTION_LINES + 1), rules: [] },
  {
    file: 'src/app/params.ts',
    code: 'export const f = (a: 1, b: 1, c: 1, d: 1): number => a + b + c + d;',
    rules: ['max-params'],
  },
  { file: 'src/app/any.ts', code: 'export type X = any;', rules: ['no-explicit-any'] },
  { file: 'src/app/default.ts', code: 'export default 1;', rules: ['no-default-export'] },
  { file: 'src/app/console.ts', code: "console.log('x');", rules: ['no-console'] },
  { file: 'src/cli/console.ts', code: "console.log('x');", rules: [] },
  ...['Math.random()', ...CLOCKS].map((read, at) => ({
    file: `src/app/world-${at}.ts`,
    code: `export const x = ${read};`,
    rules: ['no-restricted-properties'],
  })),
  {
    file: 'src/app/system-clock.ts',
    code: CLOCKS.map((read, at) => `export const x${at} = ${read};`).join('\n'),
    rules: [],
  },
  ...['core', 'stats', 'claims', 'pace', 'lang', 'optim', 'source', 'synthesis', 'improver'].map(
    (folder) => ({
      file: `src/${folder}/impure.ts`,
      code: 'export const pid = process.pid;',
      rules: ['no-restricted-globals'],
    }),
  ),
  { file: 'src/app/impure.ts', code: 'export const pid = process.pid;', rules: [] },
];

/** The committed table of mutants killed, from the rows of `mutation.json`. */
import { scoreOf, type Tally } from './tally.ts';

export interface Row {
  readonly folder: string;
  /** Of the run, YYYY-MM-DD. */
  readonly date: string;
  readonly seed: number;
  readonly all: Tally;
  /** Without those that change a text. */
  readonly withoutStrings: Tally;
}

const HEAD = `# mutation: faults planted in src/pace, claims, gates and gatekeeper, killed by their tests

\`npm run mutation -- pace claims gatekeeper gates\`: StrykerJS 9.6.1, vitest runner. The tests are those
beside the code and the conformance suite of the folder (\`src/FOLDER/**/*.test.ts\` and
\`test/conformance/FOLDER.test.ts\`, without \`*.long.test.ts\`), each mutant against the tests that
run its line. All mutators of Stryker are on, static mutants too (\`ignoreStatic: false\`); no file, line or
mutator is left out. Mutants that would not compile are planted like others. A mutant that no test runs, or
that breaks the run with an error in no test, counts as alive; one that runs into the time limit (a
minute and five times the time of its tests), as killed.

Where not all were tried, a random sample was: a mutant is drawn if a number made from the seed and from
what it changes is below the share. The interval is Wilson's at 95 %, of the score of the whole folder.
Samples of src/gates by other seeds were used before to find weak places of its tests; the one that is published has
a seed that nobody had looked at, though a few of its mutants were by chance in those too.
"Without texts" leaves out the class StringLiteral in all folders.

| folder | date | seed | planted | tried | killed | timed out | survived | no coverage | broke the run | score | without texts |
|---|---|---|---|---|---|---|---|---|---|---|---|
`;

export function table(rows: readonly Row[]): string {
  return `${HEAD}${rows.map((row) => `${line(row)}\n`).join('')}`;
}

function line({ folder, date, seed, all, withoutStrings }: Row): string {
  const { planted, tried, killed, timedOut, survived, notCovered, broke } = all;
  const drawn = planted === tried ? '' : ` ${seed}`;
  const counts = [planted, tried, killed, timedOut, survived, notCovered, broke];
  const cells = [`src/${folder}`, date, drawn, ...counts, score(all), score(withoutStrings)];
  return `| ${cells.join(' | ')} |`;
}

function score(tally: Tally): string {
  const { score, interval } = scoreOf(tally);
  const [low, high] = interval.map((one) => one.toFixed(1));
  const whole = tally.planted === tally.tried;
  return `${score.toFixed(1)} %${whole ? '' : ` (${low} to ${high})`}`;
}

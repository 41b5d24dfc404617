/**
 * Every figure the project states, measured again: `npm run bench`, or some of them:
 * `npm run bench -- packing cost`. Prints a table and writes it to bench/results/.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { background } from './background.ts';
import { circles } from './circles.ts';
import { corpus } from './corpus.ts';
import { cost } from './cost.ts';
import { dispatch } from './dispatch.ts';
import { elites } from './elites.ts';
import { errors } from './errors.ts';
import { exports } from './exports.ts';
import { type Bench, type Figure, holds } from './figure.ts';
import { fuzz } from './fuzz.ts';
import { gates } from './gates.ts';
import { hostile } from './hostile.ts';
import { improver } from './improver.ts';
import { improverGp } from './improver-gp.ts';
import { improverNet } from './improver-net.ts';
import { improverVocabulary } from './improver-vocabulary.ts';
import { jail } from './jail.ts';
import { kills } from './kills.ts';
import { kinds } from './kinds.ts';
import { ledger } from './ledger.ts';
import { describeMachine } from './machine.ts';
import { models } from './models.ts';
import { observe } from './observe.ts';
import { organisms } from './organisms.ts';
import { packing } from './packing.ts';
import { portfolio } from './portfolio.ts';
import { power } from './power.ts';
import { propertyCases } from './property-cases.ts';
import { safetyShare } from './safety-share.ts';
import { search } from './search.ts';
import { selfHost } from './self-host.ts';
import { sortKernel, tsp } from './source-tasks.ts';
import { taste } from './taste.ts';
import { tasteWarm } from './taste-warm.ts';
import { warm } from './warm.ts';

const BENCHES: readonly Bench[] = [
  errors,
  power,
  cost,
  dispatch,
  jail,
  warm,
  propertyCases,
  hostile,
  gates,
  kills,
  kinds,
  fuzz,
  ledger,
  packing,
  models,
  observe,
  exports,
  elites,
  search,
  portfolio,
  circles,
  sortKernel,
  tsp,
  safetyShare,
  background,
  corpus,
  organisms,
  improverGp,
  improver,
  improverNet,
  improverVocabulary,
  taste,
  tasteWarm,
  selfHost,
];
const RESULTS = join(import.meta.dirname, 'results');

const argv = process.argv.slice(2);
const firstFlag = argv.findIndex((one) => one.startsWith('--'));
const wanted = firstFlag < 0 ? argv : argv.slice(0, firstFlag);
const flags = firstFlag < 0 ? [] : argv.slice(firstFlag);
if (flags.length > 0 && wanted.length !== 1) {
  console.error('Flags are of one bench: name it before them.');
  process.exit(2);
}
const chosen = BENCHES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const unknown = wanted.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(
    `There is no bench ${unknown.join(', ')}. Choose of: ${BENCHES.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}

mkdirSync(RESULTS, { recursive: true });
for (const bench of chosen) {
  const started = performance.now();
  console.log(`${bench.name}: ${bench.what} (about ${bench.seconds} s)`);
  const machine = describeMachine(RESULTS);
  const figures = await bench.run((line) => console.log(`  … ${line}`), flags);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  const text = markdown(bench, { machine, figures, seconds });
  writeFileSync(join(RESULTS, `${bench.resultName?.(flags) ?? bench.name}.md`), text);
  console.log(text);
}

function markdown(
  { name, what }: Bench,
  found: {
    readonly machine: readonly string[];
    readonly figures: readonly Figure[];
    readonly seconds: string;
  },
): string {
  const rows = found.figures.map((figure) =>
    [
      figure.name,
      `${number(figure.value)} ${figure.unit}`,
      targetOf(figure),
      figure.note ?? '',
    ].join(' | '),
  );
  return [
    `# ${name}: ${what}`,
    '',
    ...found.machine.map((line) => `- ${line}`),
    `- ${new Date().toISOString().slice(0, 10)}, ${found.seconds} s, \`npm run bench -- ${[name, ...flags].join(' ')}\``,
    '',
    '| figure | measured | target | note |',
    '|---|---|---|---|',
    ...rows.map((row) => `| ${row} |`),
    '',
  ].join('\n');
}

function targetOf(figure: Figure): string {
  const { target } = figure;
  if (target === undefined) return '';
  const bound = 'most' in target ? `≤ ${target.most}` : `≥ ${target.least}`;
  return `${bound} ${holds(figure) ? '✓' : '**missed**'}`;
}

function number(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}

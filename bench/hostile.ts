/** A thousand hostile candidates back to back through one study: what is left of them, and of the engine. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countsOf } from '../src/app/hostile/report.ts';
import { type HostileReport, runHostile } from '../src/app/hostile/run.ts';
import type { Bench, Figure } from './figure.ts';

const CANDIDATES = 1000;
const CASES = join(import.meta.dirname, '../examples/hostile/cases');
const MIB = 2 ** 20;

/** The cases of the package again and again, each time another program. */
function thousand(folder: string): void {
  const names = readdirSync(CASES).filter(isSeen).sort();
  for (let i = 0; i < CANDIDATES; i++) {
    const name = names[i % names.length] ?? '';
    const round = Math.floor(i / names.length);
    const copy = join(folder, round === 0 ? name : `${name}-${round}`);
    cpSync(join(CASES, name), copy, { recursive: true });
    const file = join(copy, 'candidate.mjs');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\nexport const round = ${round};\n`);
  }
}

/** What only behaves is a matter of gates. */
function isSeen(name: string): boolean {
  const said = JSON.parse(readFileSync(join(CASES, name, 'case.json'), 'utf8'));
  return said.kind !== 'behavioural';
}

/** Resident memory of this process, the engine's, in MiB. */
function residentMib(): number {
  globalThis.gc?.();
  return process.memoryUsage().rss / MIB;
}

interface Memory {
  readonly early: number;
  readonly late: number;
}

function figures(report: HostileReport, { early, late }: Memory): readonly Figure[] {
  const { missed, wronged, contained } = countsOf(report);
  const survivors = report.cases.filter(({ by }) => /left process|folder/.test(by)).length;
  const isRight = report.cases.some(
    ({ name, kind }) => name === report.incumbent && kind === 'honest',
  );
  const worst = report.cases.find(({ verdict }) => verdict === 'missed' || verdict === 'wronged');
  return [
    {
      name: 'hostile candidates that reached something',
      value: missed,
      unit: '',
      target: { most: 0 },
      note: `of ${report.cases.length}; ${contained} contained${worst ? `; first: ${worst.name}: ${worst.by}` : ''}`,
    },
    { name: 'honest candidates that were wronged', value: wronged, unit: '', target: { most: 0 } },
    {
      name: 'survivors 2 s after their end',
      value: survivors,
      unit: '',
      target: { most: 0 },
    },
    {
      name: 'files left',
      value: report.wrong.length,
      unit: '',
      target: { most: 0 },
      note: report.wrong.join('; ') || 'task, work folder and host are as they were',
    },
    {
      name: 'memory of the engine, the last tenth over the second',
      value: late / early,
      unit: '',
      target: { most: 1.1 },
      note: `${early.toFixed(0)} and ${late.toFixed(0)} MiB resident, medians`,
    },
    {
      name: 'the right incumbent at the end',
      value: isRight ? 1 : 0,
      unit: '',
      target: { least: 1 },
      note: report.incumbent,
    },
  ];
}

export const hostile: Bench = {
  name: 'hostile',
  what: `${CANDIDATES} hostile candidates back to back in one study`,
  seconds: 900,
  async run(progress) {
    const folder = mkdtempSync(join(tmpdir(), 'paceline-bench-hostile-'));
    const tenths: number[][] = Array.from({ length: 10 }, () => []);
    try {
      thousand(folder);
      const report = await runHostile({
        cases: folder,
        onCase(done, of) {
          tenths[Math.min(9, Math.floor((10 * done) / of))]?.push(residentMib());
          if (done % 100 === 0) progress(`${done} of ${of}`);
        },
      });
      const middle = (values: readonly number[] = []): number =>
        [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
      return figures(report, { early: middle(tenths[1]), late: middle(tenths[9]) });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

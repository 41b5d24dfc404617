/** The house stands: arrows, sizes, bans and conformance rows hold, and each guard can fail. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  arrows,
  copyWithPlants,
  cruiseFolder,
  productionFiles,
  ROOT,
} from './architecture/cruise.ts';
import { importedFolders } from './architecture/folders.ts';
import { LINT_PLANTS, type LintPlant } from './architecture/lint-plants.ts';
import { GROUND, PLANTS } from './architecture/plants.ts';
import { scanSource } from './architecture/source-scan.ts';
import { conformanceGaps } from './conformance/gaps.ts';
import { CONFORMANCE } from './conformance/table.ts';
import { thorough } from './thorough.ts';

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const readIfThere = (path: string): string => (existsSync(join(ROOT, path)) ? read(path) : '');
const files = productionFiles(ROOT);
/** Seconds of work: done once, for whichever test asks first. */
let cruised: ReturnType<typeof cruiseFolder> | undefined;
const cruiseHere = () => (cruised ??= cruiseFolder(ROOT));

describe('arrows', () => {
  test('every production file is scanned and none breaks a rule', async () => {
    const { modules, summary } = await cruiseHere();
    const scanned = modules
      .filter(({ source, couldNotResolve }) => source.startsWith('src/') && !couldNotResolve)
      .map(({ source }) => source);
    expect(scanned.length).toBeGreaterThan(0);
    expect(scanned.sort()).toEqual(files);
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual(
      [],
    );
  });

  thorough('each rule reports the import planted against it, by value and by type', async () => {
    const folder = copyWithPlants([...GROUND, ...PLANTS]);
    const { violations } = (await cruiseFolder(folder)).summary;
    rmSync(folder, { recursive: true });
    for (const { rule, file, to } of PLANTS) {
      const caught = violations.filter((one) => one.from === file && one.to.includes(to));
      expect(
        caught.map((one) => one.rule.name),
        `${file} → ${to}`,
      ).toEqual([rule]);
    }
    const ground = GROUND.map(({ file }) => file);
    expect(violations.filter(({ from }) => ground.includes(from))).toEqual([]);
    const rules = arrows.default.forbidden.map(({ name }) => name);
    expect([...new Set(PLANTS.map(({ rule }) => rule))].sort()).toEqual(rules.sort());
  });

  test('every folder has its row and somebody who imports it', async () => {
    const folders = new Set(files.flatMap((file) => /^src\/([^/]+)\//.exec(file)?.[1] ?? []));
    expect([...folders].filter((folder) => !arrows.FOLDERS.includes(folder))).toEqual([]);
    const imported = importedFolders((await cruiseHere()).modules);
    const begins = ['cli', 'testing'];
    expect([...folders].filter((one) => !imported.has(one) && !begins.includes(one))).toEqual([]);
  });

  test('a folder that only its own files import counts as nobody’s', () => {
    const module = (source: string, to: string) => ({ source, dependencies: [{ resolved: to }] });
    expect(importedFolders([module('src/lost/a.ts', 'src/lost/b.ts')])).toEqual(new Set());
    expect(importedFolders([module('src/app/a.ts', 'src/lost/b.ts')])).toEqual(new Set(['lost']));
  });
});

describe('sizes and bans', () => {
  test('oxlint reports every planted fault and nothing beside them', () => {
    const reported = lint(LINT_PLANTS);
    for (const { file, rules } of LINT_PLANTS)
      expect(reported.get(file) ?? [], file).toEqual(rules);
  });

  test('no source reads the clock, exports a star or a default', () => {
    expect(files.flatMap((file) => scanSource(file, read(file)))).toEqual([]);
  });

  test('the scan sees each of them, and only them', () => {
    const bans = (source: string, file = 'src/app/x.ts') =>
      scanSource(file, source).map(({ ban, line }) => `${ban} ${line}`);
    expect(bans('\nconst now = new Date();')).toEqual(['wall-clock 2']);
    expect(bans('const now = Date();')).toEqual(['wall-clock 1']);
    expect(bans("export * from './y.ts';")).toEqual(['export-star 1']);
    expect(bans('export default 1;')).toEqual(['default-export 1']);
    expect(bans('const then = new Date(0); const text = "new Date()";')).toEqual([]);
    expect(bans('const now = new Date();', 'src/app/system-clock.ts')).toEqual([]);
    expect(() => bans('const = ;')).toThrow('does not parse');
  });
});

describe('conformance', () => {
  test('every driver has a row: a suite that imports it, or a reason', () => {
    expect(conformanceGaps(CONFORMANCE, { files, read: readIfThere })).toEqual([]);
  });

  test('a driver without a row, a row without a driver and an idle suite are found', () => {
    const table = {
      queues: {
        'gone.ts': { reason: 'was here' },
        'idle.ts': { suite: 'test/x.test.ts' },
        'mute.ts': { reason: '' },
      },
    };
    const planted = ['contract', 'idle', 'mute', 'new'].map((name) => `src/queues/${name}.ts`);
    const nested = ['src/queues/new/part.ts', 'src/lang/print.ts'];
    const gaps = conformanceGaps(table, { files: [...planted, ...nested], read: () => '' });
    expect(gaps).toEqual([
      'src/queues/new.ts has no row',
      'queues/gone.ts has a row but no file',
      'test/x.test.ts does not import src/queues/idle.ts',
      'queues/mute.ts has an empty reason',
    ]);
    expect(conformanceGaps({}, { files: planted, read })).toContain('queues has no table');
  });

  test('a suite has the drivers that its own fixtures make, and not those of others', () => {
    const table = { queues: { 'a.ts': { suite: 'test/x.test.ts' } } };
    const files = ['src/queues/contract.ts', 'src/queues/a.ts'];
    const texts: Readonly<Record<string, string>> = {
      'test/x.test.ts': "import { made } from './fixtures/made.ts';",
      'test/fixtures/made.ts': "import { a } from '../../src/queues/a.ts';",
    };
    expect(conformanceGaps(table, { files, read: (path) => texts[path] ?? '' })).toEqual([]);
    const other = { ...texts, 'test/x.test.ts': "import { made } from './fixtures/other.ts';" };
    expect(
      conformanceGaps(table, { files, read: (path) => other[path as keyof typeof other] ?? '' }),
    ).toEqual(['test/x.test.ts does not import src/queues/a.ts']);
  });
});

/** Lints the plants in a folder of their own, under our configuration. File → rules, sorted. */
function lint(plants: readonly LintPlant[]): ReadonlyMap<string, readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'paceline-lint-'));
  cpSync(join(ROOT, '.oxlintrc.json'), join(folder, '.oxlintrc.json'));
  for (const { file, code } of plants) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${code}\n`);
  }
  const reported = new Map<string, string[]>();
  for (const { filename, code } of runOxlint(folder)) {
    const rule = /\((.+)\)$/.exec(code)?.[1] ?? code;
    reported.set(filename, [...(reported.get(filename) ?? []), rule].sort());
  }
  rmSync(folder, { recursive: true });
  return reported;
}

interface Diagnostic {
  readonly filename: string;
  readonly code: string;
}

/** oxlint ends with 1 when it finds something, which is what the plants are for. */
function runOxlint(folder: string): readonly Diagnostic[] {
  try {
    execFileSync(join(ROOT, 'node_modules/.bin/oxlint'), ['-f', 'json'], { cwd: folder });
  } catch (error) {
    const { stdout } = error as { readonly stdout: Buffer };
    return (JSON.parse(stdout.toString()) as { diagnostics: readonly Diagnostic[] }).diagnostics;
  }
  throw new Error('oxlint found no fault among the planted ones');
}

/** What is published beside the code says what the code says. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { configJsonSchema } from '../src/app/config-schema.ts';
import { portfolioJsonSchema } from '../src/app/portfolio/schema.ts';
import { taskSetJsonSchema } from '../src/app/task-sets/schema.ts';
import { ENGINE_VERSION } from '../src/app/version.ts';
import { buildProgram } from '../src/cli/program.ts';
import { EXIT } from '../src/core/errors.ts';
import type { Json } from '../src/core/json.ts';
import { runResult } from '../src/reporters/json.ts';
import { sampleFacts } from '../src/testing/sample-report.ts';
import { BUILT } from './built.ts';
import { cliReference } from './cli-reference.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

function sourcesOf(folder: string): string {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => read(join(folder, file)))
    .join('\n');
}

/** Written again with UPDATE_SCHEMA=1. */
test('schema/paceline.schema.json is the schema of the config', () => {
  const now = `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
  if (process.env['UPDATE_SCHEMA']) writeFileSync(join(ROOT, 'schema/paceline.schema.json'), now);
  expect(JSON.parse(read('schema/paceline.schema.json'))).toEqual(JSON.parse(now));
});

test('schema/paceline.portfolio.schema.json is the schema of the portfolio', () => {
  const file = 'schema/paceline.portfolio.schema.json';
  const now = `${JSON.stringify(portfolioJsonSchema(), null, 2)}\n`;
  if (process.env['UPDATE_SCHEMA']) writeFileSync(join(ROOT, file), now);
  expect(JSON.parse(read(file))).toEqual(JSON.parse(now));
});

test('schema/paceline.task-set.schema.json is the schema of task sets', () => {
  const file = 'schema/paceline.task-set.schema.json';
  const now = `${JSON.stringify(taskSetJsonSchema(), null, 2)}\n`;
  if (process.env['UPDATE_SCHEMA']) writeFileSync(join(ROOT, file), now);
  expect(JSON.parse(read(file))).toEqual(JSON.parse(now));
});

test('the first help page has every exit code', () => {
  const [, listed = ''] = read('docs/cli.md').split('Exit codes:\n', 2);
  const codes = [...(listed.split('\n\n')[0] ?? '').matchAll(/^ *(\d+) {2}/gm)].map(([, code]) =>
    Number(code),
  );
  expect(codes).toEqual(Object.values(EXIT));
});

test('the engine says the version of the package', () => {
  expect(ENGINE_VERSION).toBe(JSON.parse(read('package.json')).version);
});

test('what is built brings the licence of every package that is bundled into it', () => {
  const built = readdirSync(BUILT).filter((file) => file.endsWith('.js'));
  const text = built.map((file) => readFileSync(join(BUILT, file), 'utf8')).join('\n');
  const regions = text.matchAll(/^\/\/#region .*node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm);
  const bundled = new Set([...regions].map(([, name = '']) => name));
  // Of the repository and licence of provider, and without a file of its own.
  bundled.delete('@ai-sdk/provider-utils');
  expect(bundled.size).toBeGreaterThan(5);
  const brought = readdirSync(join(BUILT, 'licenses'));
  expect(brought.sort()).toEqual([...bundled].map((name) => name.replace('/', '-')).sort());
  for (const name of bundled)
    expect(readFileSync(join(BUILT, 'licenses', name.replace('/', '-')), 'utf8')).toBe(
      read(`node_modules/${name}/LICENSE`),
    );
});

/** Written again with UPDATE_DOCS=1. */
test('docs/cli.md is what --help says, verb by verb', async () => {
  const now = `${cliReference(await buildProgram())}\n`;
  if (process.env['UPDATE_DOCS']) writeFileSync(join(ROOT, 'docs/cli.md'), now);
  expect(read('docs/cli.md')).toBe(now);
});

test('the first page of help has sixteen verbs, and every other is named below them', async () => {
  const program = await buildProgram();
  const [, list = ''] = /\nCommands:\n([\s\S]*?)\n\n/.exec(read('docs/cli.md')) ?? [];
  const shown = [...list.matchAll(/^ {2}([a-z]+)/gm)].map(([, verb]) => verb);
  expect(shown.filter((verb) => verb !== 'help')).toHaveLength(16);
  const [, later = ''] = /\nMore verbs: (.*);/.exec(read('docs/cli.md')) ?? [];
  const named = [...shown, ...later.split(', '), 'complete'];
  expect(program.commands.map((one) => one.name()).filter((one) => !named.includes(one))).toEqual(
    [],
  );
});

/** What can be called: a verb, or the verbs below it. */
function callable(above: Command, prefix = ''): readonly (readonly [string, Command])[] {
  return above.commands.flatMap((command) => {
    const name = `${prefix}${command.name()}`;
    return command.commands.length > 0 ? callable(command, `${name} `) : [[name, command] as const];
  });
}

test('every verb has a description, an example and, where it says something, --json', async () => {
  for (const [name, command] of callable(await buildProgram())) {
    if (name === 'complete') continue;
    expect(command.description(), name).not.toBe('');
    expect(
      command.options.map(({ long }) => long),
      name,
    ).toContain('--json');
    expect(read('docs/cli.md')).toMatch(new RegExp(`\\$ paceline ${name}\\b`));
  }
});

test('a start that names a verb has that one alone, and it says the same', async () => {
  const all = (await buildProgram()).commands.filter((one) => one.name() !== 'complete');
  expect(all.length).toBeGreaterThan(15);
  for (const whole of all) {
    const [verb, ...others] = (await buildProgram(whole.name())).commands;
    expect(others).toEqual([]);
    expect(verb?.helpInformation()).toBe(whole.helpInformation());
  }
});

test('docs/troubleshooting.md quotes sentences that the program says', () => {
  const sources = sourcesOf('src');
  const rows = [...read('docs/troubleshooting.md').matchAll(/^\| \*(.+?)\*/gm)];
  expect(rows.length).toBeGreaterThan(5);
  for (const [, quote = ''] of rows)
    for (const part of quote.split('…').map((one) => one.trim()))
      expect(sources, quote).toContain(part);
});

/** Below these stand ends, outcomes and metrics by their names. */
const NAMED_BY_THE_STUDY = ['ends', 'measurements', 'train', 'confirm'];

function keysOf(value: Json, above = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((one) => keysOf(one, above));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => [
    ...(NAMED_BY_THE_STUDY.includes(above) ? [] : [key]),
    ...keysOf(one, key),
  ]);
}

test('docs/json.md names every schema that is printed, and every key of a run', async () => {
  const written = read('docs/json.md');
  const printed = sourcesOf('src').matchAll(/schema: '(paceline\.[\w-]+\/\d+)'/g);
  const schemas = new Set([...printed].map(([, schema = '']) => schema));
  expect(schemas.size).toBeGreaterThan(15);
  for (const schema of schemas) expect(written).toContain(schema);
  const keys = new Set(keysOf(runResult(await sampleFacts(), { exitCode: 0 })));
  expect(keys.size).toBeGreaterThan(30);
  for (const key of keys)
    expect(written, key).toMatch(new RegExp(`\`(?:\\w+\\.)?${key}(?:\\.\\w+)?\``));
});

/** What is published beside the code says what the code says. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { expect, test } from 'vitest';
import { configJsonSchema } from '../src/app/config-schema.ts';
import { portfolioJsonSchema } from '../src/app/portfolio/schema.ts';
import { ENGINE_VERSION } from '../src/app/version.ts';
import { buildProgram } from '../src/cli/program.ts';
import { cliReference } from './cli-reference.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

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

test('the engine says the version of the package', () => {
  expect(ENGINE_VERSION).toBe(JSON.parse(read('package.json')).version);
});

/** Written again with UPDATE_DOCS=1. */
test('docs/cli.md is what --help says, verb by verb', () => {
  const now = `${cliReference(buildProgram())}\n`;
  if (process.env['UPDATE_DOCS']) writeFileSync(join(ROOT, 'docs/cli.md'), now);
  expect(read('docs/cli.md')).toBe(now);
});

/** What can be called: a verb, or the verbs below it. */
function callable(above: Command, prefix = ''): readonly (readonly [string, Command])[] {
  return above.commands.flatMap((command) => {
    const name = `${prefix}${command.name()}`;
    return command.commands.length > 0 ? callable(command, `${name} `) : [[name, command] as const];
  });
}

test('every verb has a description, an example and, where it says something, --json', () => {
  for (const [name, command] of callable(buildProgram())) {
    if (name === 'complete') continue;
    expect(command.description(), name).not.toBe('');
    expect(
      command.options.map(({ long }) => long),
      name,
    ).toContain('--json');
    expect(read('docs/cli.md')).toMatch(new RegExp(`\\$ paceline ${name}\\b`));
  }
});

test('docs/troubleshooting.md quotes sentences that the program says', () => {
  const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => read(join('src', file)))
    .join('\n');
  const rows = [...read('docs/troubleshooting.md').matchAll(/^\| \*(.+?)\*/gm)];
  expect(rows.length).toBeGreaterThan(5);
  for (const [, quote = ''] of rows)
    for (const part of quote.split('…').map((one) => one.trim()))
      expect(sources, quote).toContain(part);
});

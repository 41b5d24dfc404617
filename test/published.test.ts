/** What is published beside the code says what the code says. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configJsonSchema } from '../src/app/config-schema.ts';
import { ENGINE_VERSION } from '../src/app/version.ts';
import { buildProgram } from '../src/cli/program.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Written again with UPDATE_SCHEMA=1. */
test('schema/paceline.schema.json is the schema of the config', () => {
  const now = `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
  if (process.env['UPDATE_SCHEMA']) writeFileSync(join(ROOT, 'schema/paceline.schema.json'), now);
  expect(JSON.parse(read('schema/paceline.schema.json'))).toEqual(JSON.parse(now));
});

test('the engine says the version of the package', () => {
  expect(ENGINE_VERSION).toBe(JSON.parse(read('package.json')).version);
});

test('docs/cli.md names every verb and every option, and nothing else', () => {
  const text = read('docs/cli.md');
  const commands = buildProgram().commands.flatMap((command) => [command, ...command.commands]);
  for (const command of commands) {
    expect(text).toContain(
      `paceline ${command.parent?.name() === 'paceline' ? '' : `${command.parent?.name()} `}${command.name()}`,
    );
    for (const { long } of command.options) expect(text, command.name()).toContain(long);
  }
  const known = new Set(commands.flatMap(({ options }) => options.map(({ long }) => long)));
  const named = [...text.matchAll(/`(--[a-z-]+)/g)].map(([, flag]) => flag);
  expect(
    named.filter((flag) => !known.has(flag) && flag !== '--version' && flag !== '--help'),
  ).toEqual([]);
});

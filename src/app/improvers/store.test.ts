/** Generations on disk: named by their content, whole or not there, never without their parents. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder } from '../../../test/cli/fixtures/cli.ts';
import { bareImprover, type Improver, improverId } from '../../improver/artifact.ts';
import { exportImprover, importImprovers } from './exchange.ts';
import { listedImprovers } from './listed.ts';
import { findImprover, keepImprover, listImprovers } from './store.ts';

const bare = bareImprover('numbers');
const child = (lesson: string): Improver => ({
  ...bare,
  generation: 1,
  parent: improverId(bare),
  lessons: [lesson],
});

function folder(...improvers: readonly Improver[]): string {
  const root = emptyFolder();
  for (const one of improvers) keepImprover(root, one);
  return root;
}

test('a lineage goes out and comes in, the same ids', () => {
  const root = folder(bare, child('a'));
  const file = join(root, 'lineage.json');
  expect(exportImprover(root, findImprover(root, 'g1'), file)).toBe(2);
  const other = emptyFolder();
  importImprovers(other, file);
  importImprovers(other, file);
  expect(listImprovers(other)).toEqual(listImprovers(root));
});

test('a generation whose parent is missing is kept nowhere', () => {
  const root = emptyFolder();
  expect(() => keepImprover(root, child('a'))).toThrow(
    /The parent of generation 1, .* is not here/,
  );
  expect(listImprovers(root)).toEqual([]);
});

test('planted: what could not be read again is kept nowhere, so no later look at the folder ends', () => {
  const root = folder(bare);
  const moves = { ...child('a'), lessons: ['a line\u001b[2J'] };
  expect(() => keepImprover(root, moves)).toThrow(/lessons.0: must be text without control/);
  expect(listImprovers(root)).toHaveLength(1);
});

test('an import with one bad generation keeps none of it', () => {
  const root = folder(bare, child('a'));
  const file = join(root, 'lineage.json');
  exportImprover(root, findImprover(root, 'g1'), file);
  const lineage = JSON.parse(readFileSync(file, 'utf8'));
  const other = emptyFolder();
  for (const [improvers, words] of [
    [
      [
        lineage.improvers[0],
        { ...lineage.improvers[1], improver: { ...lineage.improvers[1].improver, lessons: [] } },
      ],
      'was altered',
    ],
    [[lineage.improvers[1]], 'is missing'],
  ] as const) {
    writeFileSync(file, JSON.stringify({ ...lineage, improvers }));
    expect(() => importImprovers(other, file)).toThrow(words);
    expect(listImprovers(other)).toEqual([]);
  }
});

test('a file changed by hand is found by its name', () => {
  const root = folder(bare, child('a'));
  const kept = join(root, '.paceline/improvers');
  const name = readdirSync(kept).find(
    (file) => file !== `${improverId(bare).slice(7)}.json`,
  ) as string;
  writeFileSync(join(kept, name), JSON.stringify(child('b')));
  expect(() => listImprovers(root)).toThrow('was altered');
  writeFileSync(join(kept, name), '{"half": ');
  expect(() => listImprovers(root)).toThrow('is no JSON');
});

test('names: digits, g1 where there is one, and never two', () => {
  const root = folder(bare, child('a'));
  const id = improverId(child('a'));
  expect(findImprover(root, 'g1').id).toBe(id);
  expect(findImprover(root, id.slice(7, 15)).id).toBe(id);
  expect(findImprover(root, 'bare').id).toBe(improverId(bare));
  keepImprover(root, child('b'));
  expect(() => findImprover(root, 'g1')).toThrow('2 improvers here are called "g1"');
  for (const name of ['constructor', '__proto__'])
    expect(() => findImprover(root, name)).toThrow('No improver here');
  expect(() => findImprover(root, 'ff')).toThrow('No improver here is called "ff"');
});

test('a whole id reads its own file alone, and no other that is damaged', () => {
  const root = folder(bare, child('a'), child('b'));
  const stored = join(root, '.paceline/improvers');
  const file = (one: Improver): string => improverId(one).replace('sha256:', '');
  writeFileSync(join(stored, `${file(child('b'))}.json`), '{}');
  const id = improverId(child('a'));
  expect(findImprover(root, id).id).toBe(id);
  expect(findImprover(root, file(child('a'))).id).toBe(id);
  expect(() => findImprover(root, id.slice(0, 20))).toThrow(/names no schema/);
  expect(() => findImprover(root, improverId(child('b')))).toThrow(/names no schema/);
  expect(() => findImprover(folder(bare), id)).toThrow(/No improver here is called/);
});

test('planted: a number that the chain does not bear is refused, wherever it comes in', () => {
  const root = folder(bare);
  const seventh = { ...child('a'), generation: 7 };
  expect(() => keepImprover(root, seventh)).toThrow(/says that it is generation 7.*can only be 1/);
  const file = join(root, 'lineage.json');
  const improvers = [bare, seventh].map((improver) => ({ id: improverId(improver), improver }));
  writeFileSync(file, JSON.stringify({ schema: 'paceline/improvers/1', improvers }));
  expect(() => importImprovers(root, file)).toThrow('can only be 1');
  expect(listImprovers(root)).toHaveLength(1);
  // Put there by hand, under the name of its content.
  const path = join(root, '.paceline/improvers', `${improverId(seventh).slice(7)}.json`);
  writeFileSync(path, JSON.stringify(seventh));
  expect(listedImprovers(root).map(({ isOrphan }) => isOrphan ?? false)).toEqual([false, true]);
  expect(() => findImprover(root, 'g7')).toThrow('can only be 1');
});

test('planted: a file of one generation without its parents, and one whose parent was taken away', () => {
  const root = emptyFolder();
  const file = join(root, 'alone.json');
  writeFileSync(file, JSON.stringify(child('a')));
  expect(() => findImprover(root, file)).toThrow(/The parent of generation 1, .* is not in/);
  const other = folder(bare, child('a'));
  expect(findImprover(other, file).improver.generation).toBe(1);
  rmSync(join(other, '.paceline/improvers', `${improverId(bare).slice(7)}.json`));
  expect(() => findImprover(other, 'g1')).toThrow(/The parent of generation 1, .* is not in/);
});

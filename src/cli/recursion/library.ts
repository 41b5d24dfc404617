/** The library as a tree: what is built on what, written out. */
import type { Learned } from '../../improver/recursion/readings.ts';

/** A line says its own body, and its name in the pool where it does the same as a part of it. */
export function libraryTree(library: readonly Learned[]): readonly string[] {
  const byName = new Map(library.map((one) => [one.name, one]));
  const builders = library.filter(({ calls }) => calls.length > 0);
  const alone = library.filter(
    ({ name, calls }) => calls.length === 0 && !library.some((other) => other.calls.includes(name)),
  );
  const roots = library.filter(
    ({ name, calls }) => calls.length === 0 && builders.some((one) => one.calls.includes(name)),
  );
  const shown = new Set<string>();
  const below = (one: Learned, depth: number): readonly string[] => {
    const again = shown.has(one.name);
    shown.add(one.name);
    const line = `${'   '.repeat(depth)}${depth > 0 ? '└─ ' : ''}${lineOf(one, byName)}`;
    if (again) return [line];
    const on = library.filter(({ calls }) => calls.includes(one.name));
    return [line, ...on.flatMap((next) => below(next, depth + 1))];
  };
  return [
    ...roots.flatMap((root) => below(root, 0)),
    ...(alone.length > 0 ? ['Built on primitives alone, and nothing on them:'] : []),
    ...alone.map((one) => lineOf(one, byName)),
  ];
}

function lineOf(one: Learned, byName: ReadonlyMap<string, Learned>): string {
  const body = one.body.replaceAll(/\bf\d+_\d+\b/g, (name) => titleOf(byName.get(name), name));
  return `${titleOf(one, one.name)} = ${body.replaceAll('#0', 'x')}  (generation ${one.generation}, in ${one.uses} solutions)`;
}

/** `mean` where it does what the pool's mean does. */
const titleOf = (one: Learned | undefined, name: string): string =>
  one?.known === undefined ? name : `${name}:${one.known}`;

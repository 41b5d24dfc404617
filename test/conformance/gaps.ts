import type { ConformanceTable } from './table.ts';

interface Sources {
  readonly files: readonly string[];
  readonly read: (path: string) => string;
}

/** What keeps the table from being complete and true; empty when every driver is accounted for. */
export function conformanceGaps(table: ConformanceTable, sources: Sources): readonly string[] {
  const roles = sources.files.flatMap(
    (file) => /^src\/([^/]+)\/contract\.ts$/.exec(file)?.[1] ?? [],
  );
  return roles.flatMap((role) => {
    const rows = table[role];
    return rows === undefined ? [`${role} has no table`] : gapsOfRole(role, { rows, ...sources });
  });
}

function gapsOfRole(
  role: string,
  { rows, files, read }: Sources & { readonly rows: ConformanceTable[string] },
): readonly string[] {
  const drivers = files
    .filter((file) => file.startsWith(`src/${role}/`) && !file.endsWith('/contract.ts'))
    .map((file) => file.slice(`src/${role}/`.length))
    .filter((file) => !file.includes('/'));
  const missing = drivers.filter((file) => !Object.hasOwn(rows, file));
  const wrong = Object.entries(rows).flatMap(([file, row]) => {
    if (!drivers.includes(file)) return [`${role}/${file} has a row but no file`];
    if ('reason' in row) return row.reason === '' ? [`${role}/${file} has an empty reason`] : [];
    const isHeld = withFixtures(row.suite, read).includes(`/src/${role}/${file}'`);
    return isHeld ? [] : [`${row.suite} does not import src/${role}/${file}`];
  });
  return [...missing.map((file) => `src/${role}/${file} has no row`), ...wrong];
}

/** A suite, and what it reads of its own fixtures: drivers may be made there. */
function withFixtures(suite: string, read: Sources['read']): string {
  const text = read(suite);
  const folder = suite.slice(0, suite.lastIndexOf('/'));
  const own = [...text.matchAll(/from '\.(\/fixtures\/[^']+)'/g)];
  return [text, ...own.map(([, path]) => read(`${folder}${path}`))].join('\n');
}

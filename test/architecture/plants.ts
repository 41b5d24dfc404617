/** One forbidden import per rule, as a value and as a type: a rule nothing can break is no rule. */

export interface Plant {
  readonly rule: string;
  /** The file that breaks the rule: a new one, or one of ours with `code` added at its end. */
  readonly file: string;
  readonly code: string;
  /** What the violation points at, as a part of its path. */
  readonly to: string;
}

/** Rule → who imports what. `TARGET` is a planted file; a `from` that is no file gets a new one. */
const IMPORTS: readonly (readonly [rule: string, from: string, target: string])[] = [
  ['core-keeps-its-arrows', 'src/core', 'src/stats/TARGET'],
  ['stats-keeps-its-arrows', 'src/stats', 'src/claims/TARGET'],
  ['claims-keeps-its-arrows', 'src/claims', 'src/lang/TARGET'],
  ['pace-keeps-its-arrows', 'src/pace', 'src/loop/TARGET'],
  ['lang-keeps-its-arrows', 'src/lang', 'src/stats/TARGET'],
  ['optim-keeps-its-arrows', 'src/optim', 'src/lang/TARGET'],
  ['source-keeps-its-arrows', 'src/source', 'src/stats/TARGET'],
  ['synthesis-keeps-its-arrows', 'src/synthesis', 'src/stats/TARGET'],
  ['improver-keeps-its-arrows', 'src/improver', 'src/claims/TARGET'],
  ['loop-keeps-its-arrows', 'src/loop', 'src/stores/TARGET'],
  ['verify-keeps-its-arrows', 'src/verify', 'src/loop/TARGET'],
  ['app-keeps-its-arrows', 'src/app', 'src/cli/TARGET'],
  ['gatekeeper-keeps-its-arrows', 'src/gatekeeper', 'src/loop/TARGET'],
  ['mcp-keeps-its-arrows', 'src/mcp', 'src/app/TARGET'],
  ['cli-keeps-its-arrows', 'src/cli', 'src/loop/TARGET'],
  ['contracts-see-contracts', 'src/planted-by-value/contract.ts', 'src/archives/TARGET'],
  ['drivers-see-contracts', 'src/reporters', 'src/stores/TARGET'],
  ['thread-entry-picks-an-evaluator', 'src/queues/worker-main.ts', 'src/proposers/TARGET'],
  ['search-sees-no-secret', 'src/proposers', 'src/evaluators/contract.ts'],
  ['reasons-are-for-people', 'src/app/outside', 'src/app/why/TARGET'],
  ['second-verifier-stands-alone', 'src/app/second/alone', 'src/core/TARGET'],
  ['nothing-sees-testing', 'src', 'src/testing/TARGET'],
  ['pure-folders-import-no-node', 'src/stats', 'node:fs'],
  ['hash-imports-crypto-only', 'src/core/hash.ts', 'node:KIND'],
  ['imports-resolve', 'src/app', 'src/app/nowhere.ts'],
  ['production-needs-production', 'src/app', 'vitest'],
];

type Kind = 'value' | 'type';
const KINDS: readonly Kind[] = ['value', 'type'];

/** Two imports in one file must differ, or one caught would hide one missed. */
const targetOf = (target: string, kind: Kind): string =>
  target
    .replace('TARGET', `planted-target-${kind}.ts`)
    .replace('KIND', kind === 'value' ? 'os' : 'path');

function importer([rule, from, target]: (typeof IMPORTS)[number], kind: Kind): Plant {
  const file = /[.](ts|mjs)$/.test(from)
    ? from.replace('by-value', `by-${kind}`)
    : `${from}/planted-${rule}-${kind}.ts`;
  const to = targetOf(target, kind);
  const path = to.startsWith('src/') ? `${'../'.repeat(file.split('/').length - 1)}${to}` : to;
  const isValue = kind === 'value' || file.endsWith('.mjs');
  const code = isValue ? `import '${path}';` : `import type { Planted } from '${path}';`;
  return { rule, file, code, to: to.replace('node:', '') };
}

/** One side of two files that need each other. */
function cycleSide(kind: Kind, [own, other]: readonly [string, string]): Plant {
  const nameOf = (side: string): string => `planted-cycle-${kind}-${side}.ts`;
  const word = kind === 'type' ? 'import type' : 'import';
  const code = `${word} { ${other} } from './${nameOf(other)}';\nexport const ${own} = 1;`;
  return { rule: 'no-cycles', file: `src/loop/${nameOf(own)}`, code, to: nameOf(other) };
}

export const PLANTS: readonly Plant[] = [
  ...IMPORTS.flatMap((row) => KINDS.map((kind) => importer(row, kind))),
  ...KINDS.map((kind) => cycleSide(kind, ['a', 'b'])),
  { rule: 'no-orphans', file: 'src/app/planted-orphan.ts', code: 'export {};', to: 'orphan' },
];

const TARGETS = new Set(
  IMPORTS.flatMap(([, , target]) => (target.endsWith('TARGET') ? [target] : [])),
);

/** What the plants import. A cycle is reported at its first file only, so the second stands here. */
export const GROUND: readonly Plant[] = [
  ...KINDS.map((kind) => cycleSide(kind, ['b', 'a'])),
  ...[...TARGETS].flatMap((target) =>
    KINDS.map((kind) => {
      const file = targetOf(target, kind);
      return { rule: '', file, code: 'export type Planted = 1;', to: '' };
    }),
  ),
];

/**
 * The arrows of the house (docs/decisions/0001-house-and-arrows.md), one row per folder. A folder
 * that has no row here fails test/architecture.test.ts, and so does a rule that nothing can break.
 */

/** Folders without side effects that see only the folders named. */
const PURE = {
  core: [],
  stats: ['core'],
  claims: ['core', 'stats'],
  pace: ['core', 'stats', 'claims'],
  lang: ['core'],
  optim: ['core'],
  source: ['core', 'lang'],
  synthesis: ['core'],
  improver: ['core', 'stats', 'lang', 'synthesis'],
};

/** Roles: `contract.ts` first, every other file an implementation. */
const ROLES = [
  'approvers',
  'archives',
  'evaluators',
  'gates',
  'models',
  'proposers',
  'queues',
  'reporters',
  'sandboxes',
  'stores',
  'tasks',
  'tastes',
];

/** Shells around the core: what each sees besides itself, in folders or files. */
const SHELLS = {
  // Judges and signs in a process of its own: no candidate, no search and no ledger is within its reach.
  gatekeeper: [
    'core/',
    'stats/',
    'claims/',
    'pace/',
    'gates/',
    'stores/durable[.]ts$',
    '[^/]+/contract[.]ts$',
  ],
  loop: ['core/', 'stats/', 'claims/', 'pace/', '[^/]+/contract[.]ts$'],
  verify: ['core/', 'stats/', 'claims/', 'pace/', 'lang/', 'archives/', '[^/]+/contract[.]ts$'],
  app: [...Object.keys(PURE), ...ROLES, 'loop', 'verify', 'gatekeeper'].map(
    (folder) => `${folder}/`,
  ),
  // Nothing of app but what is made for programs of others: there is no other way to a study from here.
  mcp: ['core/', 'app/outside/', 'app/(version|file-fault)[.]ts$'],
  cli: ['core/', 'improver/', 'app/', 'reporters/', 'mcp/'],
};

/** Shipped to users, imported by nothing of ours; free to import what it holds to its promises. */
const TESTING = 'testing';

export const FOLDERS = [...Object.keys(PURE), ...ROLES, ...Object.keys(SHELLS), TESTING];

/** Development dependencies that the build puts into dist, so that the installed package stays small. */
const BUNDLED =
  '(^|/)node_modules/(ai|@ai-sdk/[^/]+|gpt-tokenizer|@agentclientprotocol/sdk|@modelcontextprotocol/sdk|csv-stringify|hyparquet|hyparquet-writer)/';

const inFolders = (...folders) => `^src/(${folders.join('|')})/`;
const THREAD_ENTRY = '^src/queues/worker-(main|dev)[.](ts|mjs)$';
const CONTRACT = '^src/[^/]+/contract[.]ts$';

const seesOnly = (folder, targets) => ({
  name: `${folder}-keeps-its-arrows`,
  comment: `src/${folder} may import ${['itself', ...targets].join(', ')}.`,
  from: { path: inFolders(folder) },
  to: { path: '^src/', pathNot: [`${folder}/`, ...targets].map((target) => `^src/${target}`) },
});

const arrows = [
  ...Object.entries(PURE).map(([folder, sees]) =>
    seesOnly(
      folder,
      sees.map((to) => `${to}/`),
    ),
  ),
  ...Object.entries(SHELLS).map(([folder, sees]) => seesOnly(folder, sees)),
  {
    name: 'contracts-see-contracts',
    comment: 'A contract never mentions an implementation.',
    from: { path: CONTRACT },
    to: {
      path: '^src/',
      pathNot: [inFolders('core', 'stats', 'claims', 'lang', 'source'), CONTRACT],
    },
  },
  {
    name: 'drivers-see-contracts',
    comment: 'A driver sees the pure folders, contracts and its own folder: it can be replaced.',
    from: { path: `^src/(${ROLES.join('|')})/`, pathNot: [CONTRACT, THREAD_ENTRY] },
    to: { path: '^src/', pathNot: [inFolders(...Object.keys(PURE)), CONTRACT, '^src/$1/'] },
  },
  {
    name: 'thread-entry-picks-an-evaluator',
    comment: 'A worker thread composes its own evaluator; it composes nothing else.',
    from: { path: THREAD_ENTRY },
    to: { path: '^src/', pathNot: [inFolders('core', 'queues', 'evaluators')] },
  },
];

const secrets = [
  {
    name: 'search-sees-no-secret',
    comment: 'Whoever proposes must not reach the secret root, held-out cases or the ledger.',
    from: {
      path: inFolders(
        'proposers',
        'archives',
        'tastes',
        'lang',
        'optim',
        'source',
        'synthesis',
        'improver',
      ),
    },
    to: { path: inFolders('app', 'loop', 'stores', 'evaluators', 'verify', 'gates', 'gatekeeper') },
  },
  {
    name: 'reasons-are-for-people',
    comment:
      'Why a gate refused is read by a person at the command line: a reason teaches the next attack.',
    from: { path: '^src/', pathNot: ['^src/app/why/', '^src/cli/'] },
    to: { path: '^src/app/why/' },
  },
  {
    name: 'second-verifier-stands-alone',
    comment: 'It judges what we wrote: a fault of ours must not be one of its own.',
    from: { path: '^src/app/second/alone/' },
    to: { dependencyTypesNot: ['core'] },
  },
  {
    name: 'nothing-sees-testing',
    comment: 'Fakes and conformance suites stay out of production.',
    from: { path: '^src/', pathNot: inFolders(TESTING) },
    to: { path: inFolders(TESTING) },
  },
];

/** Hashing, and checking signatures: pure, and nobody's own arithmetic. */
const CRYPTO = '^src/core/(hash|signature)[.]ts$';

const purity = [
  {
    name: 'pure-folders-import-no-node',
    comment: 'No clock, no randomness, no files: these folders rerun to the same answer.',
    from: { path: inFolders(...Object.keys(PURE)), pathNot: CRYPTO },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'hash-imports-crypto-only',
    comment:
      'The one exemption: SHA-256 in JavaScript would dominate the cost of a trial, and whoever reads a ledger checks signatures.',
    from: { path: CRYPTO },
    to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
  },
];

const hygiene = [
  {
    name: 'no-cycles',
    comment: 'Two files that need each other are one file, or miss a third.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-orphans',
    comment: 'A file that imports nothing and that nobody imports is forgotten.',
    // Loaded into a realm beside a candidate, by its path.
    from: { orphan: true, path: '^src/', pathNot: [CONTRACT, '/split/exported[.]mjs$'] },
    to: {},
  },
  {
    name: 'imports-resolve',
    comment: 'An import that leads nowhere fails on the reader’s machine.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'production-needs-production',
    comment: 'An installed package has no development dependencies.',
    from: { path: '^src/', pathNot: ['^src/testing/', '^src/queues/worker-dev[.]mjs$'] },
    // BUNDLED is part of dist: whoever installs the package has it without installing it.
    to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: BUNDLED },
  },
];

const forbidden = [...arrows, ...secrets, ...purity, ...hygiene].map((rule) => ({
  severity: 'error',
  ...rule,
}));

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden,
  options: {
    // Trap: with TypeScript 7 and no @swc/core it scans 0 modules, says "no violations" and exits 0.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '[.](test[.]ts|d[.]mts)$' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};

import { join } from 'node:path';
import { defineConfig } from 'tsdown';

/** Hundreds of small files: read one by one they are a third of a start of the command line. */
const SMALL = ['zod', 'yaml'];
/** In a chunk that a study with models loads: installed they would be 33 MB, of which most is never run. */
const MODELS = [
  'ai',
  '@ai-sdk/anthropic',
  '@ai-sdk/gateway',
  '@ai-sdk/google',
  '@ai-sdk/openai',
  '@ai-sdk/openai-compatible',
  '@ai-sdk/provider',
  '@ai-sdk/provider-utils',
  '@opentelemetry/api',
  '@vercel/oidc',
  'eventsource-parser',
  'gpt-tokenizer',
];
/** In chunks that an export loads, which most installations never do. */
const EXPORTS = ['csv-stringify', 'hyparquet', 'hyparquet-writer'];
/** The client's side of a protocol, loaded by a study with an agent. */
const AGENTS = ['@agentclientprotocol/sdk'];
/** In a chunk that `paceline mcp` alone loads; installed it would bring express, hono and 18 MB. */
const PROTOCOL = [
  '@modelcontextprotocol/sdk',
  'ajv',
  'ajv-formats',
  'fast-deep-equal',
  'fast-uri',
  'json-schema-traverse',
];
/** Imported by it, and of these nothing is left in what is built. */
const SHAKEN = ['content-type', 'zod-to-json-schema'];
const BUNDLED = [...SMALL, ...MODELS, ...EXPORTS, ...AGENTS, ...PROTOCOL];

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    testing: 'src/testing/index.ts',
    cli: 'src/cli/main.ts',
    'worker-main': 'src/queues/worker-main.ts',
    'gatekeeper-main': 'src/app/gatekeeper/main.ts',
    'study-thread': 'src/app/improver-gp/study-thread/main.ts',
    'recursion-main': 'src/app/recursion/main.ts',
  },
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Plain `.js`: package.json says "type": "module", and the thread queue looks for `worker-main.js`.
  fixedExtension: false,
  dts: true,
  clean: true,
  deps: { alwaysBundle: [...BUNDLED, ...SHAKEN], onlyBundle: [...BUNDLED, ...SHAKEN] },
  report: false,
  // Run by a process of their own, found beside the driver here as in src.
  copy: ({ outDir }) => [
    { from: 'src/evaluators/function', to: outDir },
    { from: 'src/evaluators/python-evaluate', to: outDir },
    { from: 'src/evaluators/split', to: outDir },
    { from: 'src/proposers/agent/porter.mjs', to: join(outDir, 'agent') },
    { from: 'src/sandboxes/runner/*.mjs', to: outDir },
    { from: 'src/sandboxes/self-test/*.mjs', to: outDir },
    { from: 'src/app/second/alone/second-verifier.mjs', to: join(outDir, 'alone') },
    { from: 'src/sandboxes/namespaces', to: outDir },
    { from: 'src/app/qualification/qualified-gates.json', to: outDir },
    { from: 'src/sandboxes/decoys/*.pl', to: outDir },
    // provider-utils comes without one; it is of the same repository and licence as provider.
    ...BUNDLED.filter((name) => name !== '@ai-sdk/provider-utils').map((name) => ({
      from: `node_modules/${name}/LICENSE`,
      to: join(outDir, 'licenses'),
      rename: name.replace('/', '-'),
    })),
  ],
});

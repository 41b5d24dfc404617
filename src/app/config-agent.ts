/** How a coding agent is named as a proposer. */
import { z } from 'zod';
import { LONGEST_TIMER_MS } from '../core/clock.ts';
import { TOOL_KINDS } from '../proposers/agent/permission.ts';
import { keyName, modelUrl, PROVIDERS, price } from './config-models.ts';
import { bytes, command, duration } from './config-values.ts';

const endpoint = z.strictObject({
  /** Which header carries the key, how the agent is told where to ask, and how replies count tokens. */
  provider: z.enum(PROVIDERS),
  url: modelUrl.optional(),
  key: keyName.optional(),
  /** Of every model that it asks. Absent: by the table of this release. */
  price: price.optional(),
});

const rule = z.enum(['allow', 'reject']);

const fields = z.strictObject({
  use: z.literal('agent'),
  /** It speaks the Agent Client Protocol on its standard streams. It runs in the jail, in a copy of the parent. */
  command,
  /** Its way to a model: calls go there and nowhere else, with a key that it never sees. `none`: it needs none. */
  endpoint: z.union([z.literal('none'), endpoint]).optional(),
  /** It logs in by itself: it runs as you, unjailed, and holds your credentials. What it spends nobody counts. */
  login: z.literal('own').optional(),
  /** What it is told besides; {endpoint} stands for the address where it finds its model. */
  environment: z.record(z.string().regex(/^[A-Za-z_]\w*$/), z.string()).default({}),
  /** Files and folders that its program needs and that lie outside its own package. */
  reads: z.array(z.string().min(1)).default([]),
  /** Editable files that it neither sees nor changes: files, folders or globs. */
  exclude: z.array(z.string().min(1)).default([]),
  /** Of one proposal, from its start. */
  timeout: duration.pipe(z.number().min(1).max(LONGEST_TIMER_MS)).default(600_000),
  /** Calls to a model, and tokens, of one proposal. */
  turns: z.int().min(1).max(100_000).optional(),
  tokens: z.int().min(1).optional(),
  /** Put aside for the answer to a call that does not limit itself. */
  maxTokens: z.int().min(64).max(1_000_000).default(32_000),
  memory: bytes.pipe(z.number().min(2 ** 20)).optional(),
  disk: bytes.pipe(z.number().min(2 ** 20)).optional(),
  processes: z.int().min(2).max(10_000).optional(),
  /** Over what it may do when it asks, by the kind of tool. */
  permissions: z.partialRecord(z.enum(TOOL_KINDS), rule).default({}),
  /** Agents at a time. With 1 each is told what became of the proposal before; with more, of earlier ones. */
  parallel: z.int().min(1).max(64).default(1),
  share: z.number().positive().default(1),
});

export const agentProposer = fields.superRefine((entry, context) => {
  const { endpoint: to, login, turns, tokens } = entry;
  if ((to === undefined) === (login === undefined)) {
    context.addIssue({
      code: 'custom',
      path: [],
      message:
        'write either endpoint, whose key it never sees, or login: own, for an agent that logs in by itself',
    });
  }
  const isCounted = typeof to === 'object';
  for (const [key, value] of Object.entries({ turns, tokens })) {
    if (value === undefined || isCounted) continue;
    context.addIssue({
      code: 'custom',
      path: [key],
      message:
        'is counted at the endpoint, and this agent has none of ours: leave it out; timeout holds',
    });
  }
});

export type AgentEntry = z.infer<typeof agentProposer>;

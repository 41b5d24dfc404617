/**
 * Recordings of calls to models: a study with one replays without a network and without a key. One line of JSON for
 * each attempt, under the hash of endpoint and request. Of an endpoint that tells no secret (without-secrets.ts).
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { PacelineError } from '../core/errors.ts';
import { contentId, type Hash } from '../core/hash.ts';
import type { Json } from '../core/json.ts';
import type { Endpoint, EndpointReply, ModelRequest } from './contract.ts';
import { cleaner } from './without-secrets.ts';

const VERSION = 'paceline.cassette/1';

const failure = z.strictObject({
  kind: z.enum(['unavailable', 'misconfigured', 'declined']),
  says: z.string(),
  retryAfterMs: z.number().exactOptional(),
});
const usage = z
  .strictObject({ inputTokens: z.number(), cachedTokens: z.number(), outputTokens: z.number() })
  .exactOptional();
const reply = z.union([
  z.strictObject({ text: z.string(), isCut: z.boolean(), usage }),
  z.strictObject({ failure, usage, mayHaveCost: z.literal(true).exactOptional() }),
]);
const line = z.strictObject({
  schema: z.literal(VERSION),
  key: z.string(),
  endpoint: z.string(),
  label: z.string(),
  reply,
});

/** Of a study that has ended, and told its secret: with it the very same study replays. */
const closing = z.strictObject({ schema: z.literal(VERSION), secret: z.string() });
/** A whole proposal of an agent or a program: what it is made of is its proposer's business. */
const proposal = z.strictObject({
  schema: z.literal(VERSION),
  key: z.string(),
  label: z.string(),
  proposal: z.json(),
});
const anyLine = z.union([line, proposal, closing]);

/** @returns What is kept: without what is secret. */
export function recordProposal(
  { path, secrets }: { readonly path: string; readonly secrets: readonly string[] },
  { key, label, value }: { readonly key: Hash; readonly label: string; readonly value: Json },
): Json {
  const kept = inTexts(value, cleaner(secrets));
  const entry = { schema: VERSION, key, label, proposal: kept };
  appendFileSync(path, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  return kept;
}

/** Texts alone: numbers and names are ours. */
function inTexts(value: Json, clean: (text: string) => string): Json {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map((one) => inTexts(one, clean));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, inTexts(one, clean)]));
}

/** @param secret As the study has revealed it. */
export function closeRecording(path: string, secret: string): void {
  appendFileSync(path, `${JSON.stringify({ schema: VERSION, secret })}\n`, { mode: 0o600 });
}

export function recording(endpoint: Endpoint, path: string): Endpoint {
  return {
    id: endpoint.id,
    async call(request, signal) {
      const answer = await endpoint.call(request, signal);
      const { label } = request;
      const key = keyOf(endpoint.id, request);
      const entry = { schema: VERSION, key, endpoint: endpoint.id, label, reply: answer };
      appendFileSync(path, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
      return answer;
    },
  };
}

export interface Cassette {
  /** Absent where the recorded study did not end. */
  readonly secret?: string;
  endpoint(id: string): Endpoint;
  /** Undefined for one that is not on it. */
  proposal(key: Hash): Json | undefined;
}

/** @throws PacelineError `CONFIG_INVALID` for a file that is no recording. */
export function readCassette(path: string): Cassette {
  const byKey = new Map<Hash, EndpointReply[]>();
  const labels = new Set<string>();
  const proposals = new Map<string, Json>();
  let secret: string | undefined;
  for (const one of linesOf(path)) {
    if ('secret' in one) {
      secret = one.secret;
      continue;
    }
    if ('proposal' in one) {
      proposals.set(one.key, one.proposal);
      continue;
    }
    const of = byKey.get(one.key) ?? [];
    const reply = one.reply as EndpointReply;
    byKey.set(one.key, isRepeated(of.at(-1)) ? [...of, reply] : [reply]);
    labels.add(`${one.endpoint} ${one.label}`);
  }
  return {
    ...(secret === undefined ? {} : { secret }),
    proposal: (key) => proposals.get(key),
    endpoint(id) {
      return {
        id,
        async call(request) {
          const found = byKey.get(keyOf(id, request))?.shift();
          return found ?? { failure: missing(path, { id, request, labels }) };
        },
      };
    },
  };
}

/** What else came again was asked by a study that went on, of which the answer before had not become a part. */
function isRepeated(last: EndpointReply | undefined): boolean {
  return last !== undefined && 'failure' in last && last.failure.kind === 'unavailable';
}

function linesOf(path: string): readonly z.infer<typeof anyLine>[] {
  if (!existsSync(path)) {
    throw new PacelineError(
      'CONFIG_INVALID',
      `There is no recording ${path}. Make one with --record ${path}.`,
      { path },
    );
  }
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((text) => text !== '')
    .map((text, i) => {
      try {
        return anyLine.parse(JSON.parse(text));
      } catch {
        throw new PacelineError(
          'CONFIG_INVALID',
          `Line ${i + 1} of ${path} is no entry of a recording by this release (${VERSION}): it is cut, damaged or of another version. Record it again with --record.`,
          { path, line: i + 1 },
        );
      }
    });
}

function missing(
  path: string,
  {
    id,
    request,
    labels,
  }: { readonly id: string; readonly request: ModelRequest; readonly labels: ReadonlySet<string> },
) {
  const why = labels.has(`${id} ${request.label}`)
    ? 'is recorded for another prompt: config, seed, files or release differ from those it was recorded with'
    : 'is not in the recording';
  return {
    kind: 'misconfigured',
    says: `The call "${request.label}" to ${id} ${why} (${path}).`,
  } as const;
}

function keyOf(id: string, request: ModelRequest): Hash {
  return contentId({ id, request: JSON.parse(JSON.stringify(request)) });
}

/** A proposer that asks models: their endpoints, keys and prices, and what of the task may leave the machine. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { unorient } from '../claims/orient.ts';
import type { Clock } from '../core/clock.ts';
import { sha256 } from '../core/hash.ts';
import { publicRoot } from '../core/rng.ts';
import { readCassette, recording } from '../models/cassette.ts';
import type { Endpoint, Model } from '../models/contract.ts';
import { FREE, knownPrice, PRICES_AS_OF, type Price } from '../models/prices.ts';
import { withoutSecrets } from '../models/without-secrets.ts';
import type { Proposer } from '../proposers/contract.ts';
import { hasRoom, type Note } from '../proposers/llm/prompt.ts';
import { type LlmOptions, llmProposer } from '../proposers/llm.ts';
import { metricOf } from './build-judge.ts';
import { type CassetteUse, refuseUnwritableTape } from './cassette-use.ts';
import type { LlmEntry, ModelEntry } from './config-models.ts';
import type { Config } from './config-schema.ts';
import { improverOf } from './improvers/pin.ts';
import { hiddenFiles, invalid, KEYS, keyOf, refuseLeaks, secretsOf } from './model-access.ts';
import { type WrittenMaterial, writtenReader } from './read-written.ts';
import { readText, sizeOf } from './surface.ts';

interface Place {
  readonly root: string;
  readonly config: Config;
  /** Folder of the task's files. */
  readonly task: string;
  readonly clock: Clock;
  readonly cassette?: CassetteUse | undefined;
}

/** By entry of the config; an arm gets an instance of its own, models are shared. */
export type Llms = ReadonlyMap<LlmEntry, () => Proposer>;

/** @throws PacelineError CONFIG_INVALID for what could not be asked, or would send out a secret. */
export async function llmsOf(
  place: Place,
  written: WrittenMaterial,
  originText: string,
): Promise<Llms> {
  const entries = place.config.proposers.filter((one): one is LlmEntry => one.use === 'llm');
  const llms = new Map<LlmEntry, () => Proposer>();
  for (const entry of entries) {
    const options = await optionsOf(place, { entry, written, originText });
    llms.set(entry, () => llmProposer(options) as Proposer);
  }
  return llms;
}

interface Asked {
  readonly entry: LlmEntry;
  readonly written: WrittenMaterial;
  readonly originText: string;
}

async function optionsOf(place: Place, { entry, written, originText }: Asked): Promise<LlmOptions> {
  const { config, task } = place;
  const secrets = secretsOf(
    process.env,
    entry.models.map(({ key }) => key),
  );
  const hidden = hiddenFiles(task, entry.exclude);
  const notes = entry.context === undefined ? [] : readNotes(task, entry.context);
  const isHidden = (path: string): boolean => hidden.has(path);
  const shown = Object.entries(written.kind.toFiles(originText)).filter(
    ([path]) => !isHidden(path),
  );
  if (shown.length === 0) throw invalid('exclude hides every file that may be edited: leave one.');
  const { instructions } = entry;
  const prompts = improverOf(place.root, config)?.improver.prompts;
  const told = [
    ...shown,
    ...notes.map(({ name, text }) => [name, text] as const),
    ...Object.entries(prompts ?? {}).map(([one, text]) => [`the prompt ${one}`, text] as const),
  ];
  refuseLeaks([...told, ['the instructions', instructions ?? '']], secrets);
  const metric = metricOf(config);
  const { name, goal, unit } = metric;
  const options: LlmOptions = {
    models: await modelsOf(place, entry, secrets),
    operators: entry.operators,
    secrets,
    maxOutputTokens: entry.maxTokens,
    ...(entry.temperature === undefined ? {} : { temperature: entry.temperature }),
    ...(entry.topP === undefined ? {} : { topP: entry.topP }),
    parallel: entry.parallel,
    kind: written.kind,
    read: writtenReader(written),
    task: config.name,
    metric: { name, goal, unit },
    origin: { id: sha256(originText), text: originText },
    inUnit: (oriented) => unorient(metric, oriented),
    ...(instructions === undefined ? {} : { instructions }),
    notes,
    ...(prompts ? { prompts } : {}),
    isHidden,
    promptBytes: entry.prompt,
  };
  const parts = { ...options, toFiles: (text: string) => written.kind.toFiles(text) };
  if (hasRoom(parts, originText)) return options;
  throw invalid(
    `The files that may be edited are longer than proposers.prompt (${entry.prompt} bytes) allows: raise it, or exclude some. Nothing was sent.`,
  );
}

async function modelsOf(
  place: Place,
  entry: LlmEntry,
  secrets: readonly string[],
): Promise<readonly Model[]> {
  const { config, cassette } = place;
  refuseUnwritableTape(cassette);
  // Its tokenizer is megabytes: loaded by who asks a model, and by nobody else.
  const { patientModel } = await import('../models/patient.ts');
  const models: Model[] = [];
  for (const one of entry.models) {
    const endpoint = withoutSecrets(
      await endpointOf(place, { one, timeoutMs: entry.timeout }),
      secrets,
    );
    models.push(
      patientModel({
        endpoint:
          cassette && 'record' in cassette ? recording(endpoint, cassette.record) : endpoint,
        price: priceOf(one, config),
        rng: publicRoot(config.seed).stream(-1, `patience:${one.model}`),
        sleep: waiting,
      }),
    );
  }
  return models;
}

async function endpointOf(
  { clock, cassette }: Place,
  { one, timeoutMs }: { readonly one: ModelEntry; readonly timeoutMs: number },
): Promise<Endpoint> {
  if (cassette && 'replay' in cassette) return readCassette(cassette.replay).endpoint(one.model);
  const slash = one.model.indexOf('/');
  const provider = one.model.slice(0, slash) as keyof typeof KEYS;
  const key = keyOf(one, KEYS[provider]);
  const { url, output } = one;
  if (provider === 'openai-compatible' && url === undefined) {
    throw invalid(`${one.model} needs url: where the endpoint is, up to and with /v1.`);
  }
  const { aiSdkEndpoint } = await import('../models/ai-sdk.ts');
  return aiSdkEndpoint({
    provider,
    model: one.model.slice(slash + 1),
    ...(url === undefined ? {} : { url }),
    ...(key ? { key } : {}),
    output: output ?? (provider in NATIVE ? 'schema' : 'json'),
    timeoutMs,
    nowMs: () => clock.wallMs(),
  });
}

/** These hold an answer to a schema by themselves. */
const NATIVE = { anthropic: true, openai: true, google: true } as const;

function priceOf({ model, price }: ModelEntry, { budget }: Config): Price {
  const known = price ?? knownPrice(model);
  if (known) return known;
  if (budget.usd === undefined) return FREE;
  throw invalid(
    `budget.usd cannot be kept: the price of ${model} is not in the table of this release (${PRICES_AS_OF}). Write price: { input: …, output: … } beside the model, in US dollars per million tokens, or free.`,
  );
}

/** Rejects with the reason of the signal, not with what a timer says of it. */
async function waiting(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}

const LARGEST_NOTES = 256 * 1024;

function readNotes(task: string, folder: string): readonly Note[] {
  const named = join(task, folder);
  if (!existsSync(named)) throw invalid(`proposers.context names ${named}, which is not there.`);
  const isFolder = statSync(named).isDirectory();
  const path = isFolder ? named : dirname(named);
  const all = isFolder ? readdirSync(path) : [basename(named)];
  const names = all.filter((name) => /\.(md|txt)$/.test(name));
  // A link that leads out of the folder would send what nobody took for a note.
  for (const name of names) sizeOf(path, name, 'proposers.context');
  const notes = names
    .sort()
    .map((name) => ({ name, text: readText(path, name, 'proposers.context') }));
  const size = notes.reduce((sum, { text }) => sum + text.length, 0);
  if (names.length === 0) throw invalid(`${path} holds no note: put .md or .txt files there.`);
  if (size <= LARGEST_NOTES) return notes;
  throw invalid(`The notes in ${path} are larger than 256 KiB together. Keep what matters.`);
}

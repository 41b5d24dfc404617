/** A proposer that is a coding agent: its jail, its way to a model, and what it sees of the task. */
import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { unorient } from '../claims/orient.ts';
import type { Clock } from '../core/clock.ts';
import { PacelineError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import { cleaner } from '../models/without-secrets.ts';
import { JAILED, UNJAILED } from '../proposers/agent/permission.ts';
import type { AgentOptions } from '../proposers/agent.ts';
import type { Proposer } from '../proposers/contract.ts';
import { replayed } from '../proposers/taped.ts';
import type { Limits, Sandbox } from '../sandboxes/contract.ts';
import { locate, toolchainOf } from '../sandboxes/jail/toolchain.ts';
import { ownProgramSandbox } from '../sandboxes/own-program.ts';
import { environmentOf, relayOf } from './agent-endpoint.ts';
import { besideOf, keptApart } from './beside.ts';
import { metricOf } from './build-judge.ts';
import type { CassetteUse } from './cassette-use.ts';
import type { AgentEntry } from './config-agent.ts';
import type { Config } from './config-schema.ts';
import { CONTAINED, chooseJail } from './jail/choose.ts';
import { hiddenFiles, invalid, refuseLeaks, secretsOf } from './model-access.ts';
import { recordedOn, replayedFrom } from './proposal-tape.ts';
import { type WrittenMaterial, writtenReader } from './read-written.ts';
import { workFolder } from './study-files.ts';
import type { Surface } from './surface.ts';
import { filesNamed } from './task-files.ts';

export interface AgentPlace {
  readonly id: string;
  readonly root: string;
  readonly config: Config;
  /** Folder of the task's files. */
  readonly task: string;
  readonly clock: Clock;
  readonly surface: Surface;
  readonly cassette?: CassetteUse | undefined;
}

export interface Agents {
  /** By entry of the config; an arm gets an instance of its own. */
  readonly byEntry: ReadonlyMap<AgentEntry, () => Proposer>;
  readonly sandboxes: readonly Sandbox[];
}

/** @throws PacelineError for what could not be started, jailed, or asked. */
export async function agentsOf(
  place: AgentPlace,
  written: WrittenMaterial,
  originText: string,
): Promise<Agents> {
  const entries = place.config.proposers.filter((one): one is AgentEntry => one.use === 'agent');
  const byEntry = new Map<AgentEntry, () => Proposer>();
  const sandboxes: Sandbox[] = [];
  if (entries.length === 0) return { byEntry, sandboxes };
  const tape = replayedFrom(place.cassette);
  // With the library of the protocol: loaded by a study with an agent.
  const { agentProposer, agentTraits } = await import('../proposers/agent.ts');
  for (const [i, entry] of entries.entries()) {
    if (tape) {
      const traits = agentTraits({ parallel: entry.parallel, ...kindOf(entry) });
      byEntry.set(entry, () => replayed(traits, tape) as Proposer);
      continue;
    }
    const scope = join(workFolder(place.root, place.id), `agent-${i}`);
    const sandbox = await sandboxOf(place, entry, scope);
    sandboxes.push(sandbox);
    const secrets = secretsOf(process.env, keysIn(entry));
    const options = await optionsOf(place, { entry, written, originText, sandbox, secrets });
    byEntry.set(entry, () => recordedOn(place.cassette, agentProposer(options), secrets));
  }
  return { byEntry, sandboxes };
}

function keysIn({ endpoint }: AgentEntry): readonly (string | undefined)[] {
  return typeof endpoint === 'object' ? [endpoint.key] : [];
}

function kindOf({ endpoint, login }: AgentEntry) {
  return { isPaid: typeof endpoint === 'object', holdsCredentials: login === 'own' };
}

async function sandboxOf(
  { config }: AgentPlace,
  { login }: AgentEntry,
  scope: string,
): Promise<Sandbox> {
  if (login === 'own') return ownProgramSandbox({ scope });
  const { level, open, reports } = await chooseJail(config.jail?.level);
  if (level >= CONTAINED) return open(scope);
  const causes = reports.flatMap(({ cause }) => cause ?? []).join('; ');
  throw new PacelineError(
    'ISOLATION',
    `An agent is jailed at ${CONTAINED} or better, and this machine has ${level}${causes === '' ? '' : ` (${causes})`}. paceline doctor names the remedy; nothing was spent.`,
    { level },
  );
}

interface Asked {
  readonly entry: AgentEntry;
  readonly written: WrittenMaterial;
  readonly originText: string;
  readonly sandbox: Sandbox;
  readonly secrets: readonly string[];
}

async function optionsOf(
  place: AgentPlace,
  { entry, written, originText, sandbox, secrets }: Asked,
): Promise<AgentOptions> {
  const { config, root, task, id } = place;
  const { command, login, permissions, parallel } = entry;
  const hidden = new Set([...hiddenFiles(task, entry.exclude), ...keptApart(config)]);
  const shown = Object.entries(written.kind.toFiles(originText)).filter(
    ([path]) => !hidden.has(path),
  );
  if (shown.length === 0) throw invalid('exclude hides every file that may be edited: leave one.');
  const beside = besideOf({ ...place, hidden }, sandbox.traits.showsElsewhere);
  refuseUnseen(beside, { edit: Object.keys(place.surface.edit), hidden });
  const relay = await relayOf(place, entry, secrets);
  if (relay) refuseLeaks(shown, secrets);
  const limits = limitsOf(entry);
  sandbox.check({ ...limits, outputBytes: 1 });
  const metric = metricOf(config);
  const { name, goal, unit } = metric;
  return {
    ...programOf(root, entry),
    environment: environmentOf(entry),
    home: join(workFolder(root, id), 'agents'),
    beside,
    sandbox,
    clean: cleaner(secrets),
    limits,
    ...(relay ? { relay } : {}),
    holdsCredentials: login === 'own',
    rules: { ...(login === 'own' ? UNJAILED : JAILED), ...permissions },
    parallel,
    kind: written.kind,
    read: writtenReader(written),
    isHidden: (path) => hidden.has(path),
    task: config.name,
    metric: { name, goal, unit },
    origin: { id: sha256(originText), text: originText },
    inUnit: (oriented) => unorient(metric, oriented),
    // A word of the command that is a file is the agent's own, wherever it starts.
    argv: command.map((word, i) =>
      i > 0 && filesNamed(root, [word])[0] ? resolve(root, word) : word,
    ),
  };
}

/** As many as are copied for a proposal in a second or so. */
const MOST_COPIED = 4096;

/** Without a jail that shows folders in their place each file would be copied for each proposal. */
function refuseUnseen(
  beside: AgentOptions['beside'],
  { edit, hidden }: { readonly edit: readonly string[]; readonly hidden: ReadonlySet<string> },
): void {
  const copied = beside.filter(({ as }) => as === undefined);
  if (copied.length > MOST_COPIED) {
    throw invalid(
      `An agent without a jail gets a copy of each file beside its own, and these are ${copied.length}; ${MOST_COPIED} are the most. Name fewer in surface.include, or give it endpoint in place of login.`,
    );
  }
  const closed = beside.filter(({ as }) => as === 'shown').map(({ name }) => name && `${name}/`);
  const isClosed = (path: string): boolean => closed.some((one) => path.startsWith(one));
  const held = edit.find(isClosed);
  const shown = [...hidden].find(isClosed);
  if (held === undefined && shown === undefined) return;
  throw invalid(
    `An agent could not ${held === undefined ? `be kept from ${shown}` : `change ${held}`}: its folder is among too many to be shown one by one. Name fewer files in surface.include.`,
  );
}

/** Where one does not say: enough for an agent on Node that runs a test suite. */
const AGENT_LIMITS = { memoryBytes: 2 * 2 ** 30, diskBytes: 512 * 2 ** 20, processes: 64 };

/** Unjailed, what is asked for and cannot be enforced is refused, and nothing is asked for by itself. */
function limitsOf({ login, timeout, memory, disk, processes }: AgentEntry): AgentOptions['limits'] {
  const asked: Partial<Limits> = {
    ...(memory === undefined ? {} : { memoryBytes: memory }),
    ...(disk === undefined ? {} : { diskBytes: disk }),
    ...(processes === undefined ? {} : { processes }),
  };
  return { ...(login === 'own' ? {} : AGENT_LIMITS), ...asked, wallMs: timeout };
}

/** What its program reads: its own package, the files that the command names, and what the config lists. */
function programOf(
  root: string,
  { command, reads, login }: AgentEntry,
): Pick<AgentOptions, 'reads'> {
  if (login === 'own') return { reads: [] };
  const [word = ''] = command;
  const program = locate(word, root);
  if (!existsSync(program)) {
    throw invalid(
      `proposers names the agent ${JSON.stringify(word)}, which is not there. Install it, or write its path from the folder of paceline.yaml. Nothing was spent.`,
    );
  }
  const files = filesNamed(root, command.slice(1)).map((file) => resolve(root, file));
  const listed = reads.map((path) => resolve(root, path));
  const absent = listed.find((path) => !existsSync(path));
  if (absent !== undefined) throw invalid(`proposers.reads names ${absent}, which is not there.`);
  const own = [program, ...files].map((path) => packagesAround(realpathSync(path)));
  return { reads: [...new Set([...toolchainOf(word, root).reads, ...files, ...own, ...listed])] };
}

/** What a package installed by npm needs lies beside it. */
function packagesAround(path: string): string {
  const [before = '', after] = path.split('/node_modules/', 2);
  return after === undefined ? path : `${before}/node_modules`;
}

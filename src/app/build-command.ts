/** A proposer that is a program of the user's own: where it runs, and what it is told of the study. */
import { join } from 'node:path';
import { unorient } from '../claims/orient.ts';
import { PacelineError } from '../core/errors.ts';
import { sha256 } from '../core/hash.ts';
import { commandProposer, commandTraits } from '../proposers/command.ts';
import type { Proposer } from '../proposers/contract.ts';
import type { Read } from '../proposers/outside/candidate.ts';
import { replayed } from '../proposers/taped.ts';
import type { Sandbox } from '../sandboxes/contract.ts';
import { ownProgramSandbox } from '../sandboxes/own-program.ts';
import { startFault } from '../sandboxes/runner/program.ts';
import type { TaskKind } from '../tasks/contract.ts';
import { metricOf } from './build-judge.ts';
import type { CassetteUse } from './cassette-use.ts';
import type { Config } from './config-schema.ts';
import { secretsOf } from './model-access.ts';
import { recordedOn, replayedFrom } from './proposal-tape.ts';
import { type WrittenMaterial, writtenReader } from './read-written.ts';
import { workFolder } from './study-files.ts';

export interface OwnPrograms {
  readonly config: Config;
  /** Folder of the config: where they start. */
  readonly root: string;
  readonly sandbox: Sandbox;
  readonly kind: TaskKind;
  readonly read: Read;
  readonly cassette?: CassetteUse | undefined;
}

type Entry = Extract<Config['proposers'][number], { readonly use: 'command' }>;

/** Undefined for a study whose proposers are all ours. */
export function programsOf(
  {
    config,
    root,
    id,
    cassette,
  }: {
    readonly config: Config;
    readonly root: string;
    readonly id: string;
    readonly cassette?: CassetteUse | undefined;
  },
  written: WrittenMaterial,
): OwnPrograms | undefined {
  if (!config.proposers.some(({ use }) => use === 'command')) return undefined;
  const sandbox = ownProgramSandbox({ scope: join(workFolder(root, id), 'proposer') });
  return { config, root, sandbox, kind: written.kind, read: writtenReader(written), cassette };
}

/** @throws PacelineError CONFIG_INVALID for a program that cannot be started at all. */
export function buildCommand(entry: Entry, programs: OwnPrograms, originText: string): Proposer {
  const { config, root, cassette, ...own } = programs;
  const { command: argv, timeout: timeoutMs, repeatable: isRepeatable, parallel } = entry;
  const tape = isRepeatable ? undefined : replayedFrom(cassette);
  if (tape) return replayed(commandTraits({ parallel, isRepeatable }), tape) as Proposer;
  const [program = ''] = argv;
  const fault = startFault(program, root);
  if (fault !== undefined) throw notStarted(program, fault);
  const { name, goal, unit } = metricOf(config);
  const proposer = commandProposer({
    ...own,
    argv,
    cwd: root,
    environment: named(process.env),
    timeoutMs,
    isRepeatable,
    parallel,
    task: config.name,
    metric: { name, goal, unit },
    inUnit: (oriented) => unorient(metricOf(config), oriented),
    origin: { id: sha256(originText), text: originText },
  });
  return recordedOn(cassette, proposer, secretsOf(process.env, []));
}

function notStarted(program: string, fault: string): PacelineError {
  const why = fault === 'ENOENT' ? 'there is no such program' : fault;
  return new PacelineError(
    'CONFIG_INVALID',
    `proposers names the command ${JSON.stringify(program)}, which cannot be started (${why}). Install it, or write its path from the folder of paceline.yaml. Nothing was spent.`,
    { key: 'proposers', program, fault },
  );
}

/** The keys of a model's service are in the user's environment, and the program is the user's. */
function named(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

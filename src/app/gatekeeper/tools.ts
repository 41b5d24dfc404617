/** What the checks of a study look with: the task's evaluator and its caller, in jails of the gatekeeper's own. */
import { type Hash, sha256 } from '../../core/hash.ts';
import { publicRoot, type RngRoot } from '../../core/rng.ts';
import type { Caller, Evaluator, Stopwatch } from '../../evaluators/contract.ts';
import type { Metered } from '../../gatekeeper/bench.ts';
import type { Declaration, Manifest, Properties, Tools } from '../../gates/contract.ts';
import type { Kept } from '../../gates/kept.ts';
import type { JailProbe } from '../../sandboxes/contract.ts';
import { judgeFiles } from '../build-judge.ts';
import { mutantsIn } from '../build-properties.ts';
import { verifierFiles } from '../build-verifier.ts';
import { configId } from '../config-id.ts';
import type { Config } from '../config-schema.ts';
import type { JudgedTask } from '../judged-task.ts';
import { digestFiles } from '../study-files.ts';
import { systemClock } from '../system-clock.ts';
import { gateDigest } from './digest.ts';

interface Made extends JudgedTask {
  readonly judge: Evaluator;
  readonly caller?: Caller;
  readonly properties?: Properties;
  readonly jail?: JailProbe;
  readonly stopwatch?: Stopwatch;
  readonly declaration: Declaration;
}

interface ToolsRequest {
  readonly config: Config;
  /** Digest of what judges, as the study was opened with it. */
  readonly evaluator: Hash;
  readonly kept: Pick<Kept, 'of'>;
  /** Digest of the gates as they joined: code that changed before the first question is another gate. */
  readonly gates?: Hash;
}

/** CPU time of all jailed processes of a kit so far, ms. */
export interface Meter {
  cpuMs: number;
}

interface Ticket {
  readonly secrets: RngRoot;
  readonly evals: number | undefined;
  readonly meter: Meter;
}

/** `judge` and `caller` are metered already: others use them besides. */
export function meteredTools(
  request: ToolsRequest,
  made: Made,
  { secrets, evals, meter }: Ticket,
): Omit<Metered, 'floor'> {
  const { config, kept } = request;
  const { kind } = made;
  const digests = (): Readonly<Record<string, Hash>> => digestsNow(config, made);
  const tools: Tools = {
    declaration: made.declaration,
    secrets,
    clock: systemClock,
    measure: async (requests, signal) => made.judge.measure(requests, signal),
    ...(made.caller ? { caller: made.caller } : {}),
    visibleCases: (count) => visibleCases(config, count),
    files: ({ text }) => kind.toFiles(text),
    reach: (from, to) => kind.reach?.(from.text, to.text),
    size: ({ text }) => kind.size(text),
    ...(evals === undefined ? {} : { mostEvals: evals }),
    manifest: manifestOf(config),
    digests,
    declaredDigests: { ...digests(), evaluator: request.evaluator, ...gatesOf(request) },
    ...(made.properties ? { properties: made.properties } : {}),
    mutants: mutantsIn(config),
    ...(made.jail ? { jail: meteredJail(made.jail, meter) } : {}),
    ...(made.stopwatch ? { stopwatch: meteredWatch(made.stopwatch, meter) } : {}),
    heldOut: (candidate) =>
      kept.of('judged').flatMap(({ body }) => (body.candidate === candidate ? [body] : [])),
  };
  return { tools, cpuMs: () => meter.cpuMs };
}

function gatesOf({ gates }: ToolsRequest): { readonly gates?: Hash } {
  return gates === undefined ? {} : { gates };
}

/** Whoever measures by it, a sealed hold-out too. */
export function meteredJudge(judge: Evaluator, meter: Meter): Evaluator {
  return {
    traits: judge.traits,
    async measure(requests, signal) {
      const measured = await judge.measure(requests, signal);
      for (const { cpuMs } of measured) meter.cpuMs += cpuMs;
      return measured;
    },
    close: () => judge.close(),
  };
}

/** Whoever calls by it, properties too. */
export function meteredCaller(caller: Caller, meter: Meter): Caller {
  return {
    ...caller,
    async call(request, signal) {
      const called = await caller.call(request, signal);
      if ('cpuMs' in called) meter.cpuMs += called.cpuMs;
      return called;
    },
  };
}

function meteredJail(jail: JailProbe, meter: Meter): JailProbe {
  return {
    blind: jail.blind,
    tells: jail.tells,
    async look(request, signal) {
      const report = await jail.look(request, signal);
      meter.cpuMs += report.cpuMs;
      return report;
    },
  };
}

function meteredWatch(stopwatch: Stopwatch, meter: Meter): Stopwatch {
  return {
    async run(request, signal) {
      const stopped = await stopwatch.run(request, signal);
      meter.cpuMs += stopped.cpuMs;
      return stopped;
    },
  };
}

/** Cases of the first epochs of the search, one epoch after another: every study has seen them. */
function visibleCases({ seed, splits }: Config, count: number): readonly number[] {
  const root = publicRoot(seed);
  const perEpoch = splits.epochTrials;
  return Array.from({ length: count }, (_, i) =>
    root.stream(Math.floor(i / perEpoch), 'train', i % perEpoch).u32(),
  );
}

/** Without a manifest growth alone asks for nobody: a search begins with something small. */
function manifestOf({ safety }: Config): Manifest {
  const {
    modules = [],
    privileges = [],
    growth = Number.POSITIVE_INFINITY,
  } = safety?.manifest ?? {};
  return { modules, privileges, growth };
}

function digestsNow(config: Config, { task, surface }: JudgedTask): Readonly<Record<string, Hash>> {
  const judges = [...judgeFiles({ config, task }, surface), ...verifierFiles(task, config)];
  return {
    evaluator: digestFiles(task, judges),
    task: configId(config),
    runtime: sha256([process.version, process.execPath, process.arch].join(' ')),
    gates: gateDigest(config),
  };
}

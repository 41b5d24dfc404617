/**
 * What the evaluator needs of the machine, found by leaving out: the origin is scored again in a jail that
 * shows one entry of the folder less, or allows less, and what changes nothing is not needed. No tracer
 * sees through a jail; this asks the jail itself.
 */
import { readdirSync } from 'node:fs';
import { floorCases } from '../../claims/screen.ts';
import { sizeText } from '../../core/bytes.ts';
import { PacelineError } from '../../core/errors.ts';
import type { Plan } from '../../loop/plan.ts';
import { measureOriginStages } from '../../loop/stages.ts';
import type { Config } from '../config-schema.ts';
import { withPassingPlan } from '../passing-plan.ts';
import { systemClock } from '../system-clock.ts';
import { taskFolder } from '../task-folder.ts';
import { Bench } from './bench.ts';

export interface Needs {
  /** For `jail.read`. */
  readonly read: readonly string[];
  /** Absent where not even what it has now was enough to find out. */
  readonly processes?: number;
  readonly memoryBytes?: number;
  readonly diskBytes?: number;
  readonly timeoutMs: number;
  readonly runs: number;
}

export interface NeedsRequest {
  readonly root: string;
  readonly config: Config;
  /** Files and folders that judge, by path from the root: tried first without all others. */
  readonly judged: readonly string[];
  readonly onRun?: (what: string) => void;
}

const MOST_RUNS = 24;
/** Kept back for the limits. */
const LIMIT_RUNS = 12;
const HIDDEN = /^(?:\.paceline|\.git|\.env(?:\..*)?)$/;
const MB = 1024 ** 2;
const PROCESSES = [1, 2, 4, 8, 16];
const MEMORY = [128 * MB, 256 * MB, 512 * MB];
const DISK = [MB, 8 * MB];
/** Of what was used. */
const HEADROOM = 4;
const LEAST_TIMEOUT_MS = 5_000;

type Limits = NonNullable<Config['evaluator']['limits']>;

export async function needsOf(request: NeedsRequest): Promise<Needs> {
  const trial = new Trial(request);
  const tookMs = await trial.start();
  const read = await readsOf(request, trial);
  const jailed = { ...request.config, jail: { ...request.config.jail, read: [...read] } };
  const least = async (name: 'processes' | 'memory' | 'disk', steps: readonly number[]) => {
    for (const step of steps) {
      const what = `${name} ${name === 'processes' ? step : sizeText(step)}`;
      if (await trial.works(withLimits(jailed, { [name]: step }), what)) return step;
    }
    return undefined;
  };
  const processes = await least('processes', PROCESSES);
  const memory = await least('memory', MEMORY);
  const disk = await least('disk', DISK);
  return {
    read,
    ...(processes === undefined ? {} : { processes }),
    ...(memory === undefined ? {} : { memoryBytes: 2 * memory }),
    ...(disk === undefined ? {} : { diskBytes: HEADROOM * disk }),
    timeoutMs: Math.max(LEAST_TIMEOUT_MS, Math.ceil((HEADROOM * tookMs) / 1000) * 1000),
    runs: trial.runs,
  };
}

/** Lines for paceline.yaml. */
export function needsLines(needs: Needs): readonly string[] {
  const { read, processes, memoryBytes, diskBytes, timeoutMs } = needs;
  const limits = [
    ...(processes === undefined ? [] : [`processes: ${processes}`]),
    ...(memoryBytes === undefined ? [] : [`memory: ${sizeText(memoryBytes)}`]),
    ...(diskBytes === undefined ? [] : [`disk: ${sizeText(diskBytes)}`]),
  ];
  return [
    `jail: { read: [${read.map(yamlName).join(', ')}] }`,
    'evaluator:',
    `  timeout: ${timeoutMs / 1000}s`,
    ...(limits.length > 0 ? [`  limits: { ${limits.join(', ')} }`] : []),
  ];
}

function yamlName(name: string): string {
  return /^[\w./-]+$/.test(name) ? name : JSON.stringify(name);
}

/** Starts from what judges where that is enough, and leaves out one by one. */
async function readsOf({ root, config, judged }: NeedsRequest, trial: Trial) {
  const entries =
    config.jail?.read ?? readdirSync(taskFolder(root, config)).filter((name) => !HIDDEN.test(name));
  const firsts = new Set(judged.map((path) => path.split('/')[0] ?? path));
  const own = entries.filter((name) => firsts.has(name));
  const showing = (read: readonly string[]): Config => ({
    ...config,
    jail: { ...config.jail, read: [...read] },
  });
  const isEnough =
    own.length < entries.length && (await trial.works(showing(own), 'what judges alone'));
  let kept: readonly string[] = isEnough ? own : entries;
  for (const name of kept) {
    if (trial.runs >= MOST_RUNS - LIMIT_RUNS) break;
    const rest = kept.filter((one) => one !== name);
    if (await trial.works(showing(rest), `without ${name}`)) kept = rest;
  }
  return kept;
}

function withLimits(config: Config, limits: Limits): Config {
  const { evaluator } = config;
  return { ...config, evaluator: { ...evaluator, limits: { ...evaluator.limits, ...limits } } };
}

/**
 * Of one process and one timeout: the noise floor of one that varies, or of one worker, is one request. Times are
 * taken one by one, and a split evaluator has its timeout for each input.
 */
function mostCases({ rule, opened }: Plan, { evaluator }: Config): number {
  return opened.metric.kind === 'time' || evaluator.use === 'split' ? 1 : floorCases(rule);
}

/** Scores the origin under other configs and compares. */
class Trial {
  runs = 0;
  private readonly request: NeedsRequest;
  private values: readonly (number | undefined)[] = [];

  constructor(request: NeedsRequest) {
    this.request = request;
  }

  /** As the config says now. @returns Milliseconds of the longest request that a study will make. */
  async start(): Promise<number> {
    const { root, config, onRun } = this.request;
    this.values = await this.valuesUnder(config);
    onRun?.('as it is, with as many cases as a study asks for at once');
    return withPassingPlan('doctor', { root, config }, async (plan) => {
      const before = systemClock.monotonicMs();
      await new Bench(plan).origin(mostCases(plan, config));
      return systemClock.monotonicMs() - before;
    });
  }

  async works(config: Config, what: string): Promise<boolean> {
    if (this.runs >= MOST_RUNS) return false;
    this.request.onRun?.(what);
    try {
      const values = await this.valuesUnder(config);
      return values.length > 0 && values.every((value, i) => this.isAsBefore(value, i));
    } catch (error) {
      if (PacelineError.is(error)) return false;
      throw error;
    }
  }

  /** What varies on one seed has to be there, no more. */
  private isAsBefore(value: number | undefined, i: number): boolean {
    const { deterministic, metrics } = this.request.config.evaluator;
    const varies = deterministic === false || metrics.some((one) => 'kind' in one);
    return value !== undefined && (varies || value === this.values[i]);
  }

  private valuesUnder(config: Config): Promise<readonly (number | undefined)[]> {
    this.runs += 1;
    const { root } = this.request;
    return withPassingPlan('doctor', { root, config }, async (plan) => {
      const results = [...(await new Bench(plan).origin(1))];
      const { verifier: judge } = plan;
      // All that a study would run has to work: stages and verifier too.
      if (judge) results.push(...(await new Bench({ ...plan, judge }).origin(1)));
      await measureOriginStages(plan, new AbortController().signal);
      return results.map((one) => (one.outcome === 'scored' ? one.value : undefined));
    });
  }
}

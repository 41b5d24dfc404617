/**
 * Scores forests in this process, at full speed: a closed-language forest is data, so interpreting
 * it runs nothing foreign. Used for search; a confirm goes through the task's own command.
 */
import { PacelineError } from '../core/errors.ts';
import { decodeForest } from '../lang/codec.ts';
import type { Forest } from '../lang/forest.ts';
import type { InterpreterCache } from '../lang/interpret.ts';
import { createInterpreterCache, evaluateSlot } from '../lang/interpret.ts';
import type { Vocabulary } from '../lang/vocabulary.ts';
import type { CaseResult, Evaluator, Measured, MeasureRequest } from './contract.ts';
import type { InterpreterModule, Parameters } from './interpreted/module.ts';
import { loadInterpreterModule } from './interpreted/module.ts';
import { sentence, valueOf } from './outcome.ts';

export interface InterpretedOptions {
  /** Path or file URL of the task's interpreter module; trusted, see `loadInterpreterModule`. */
  readonly module: string;
  readonly vocabulary: Vocabulary;
  readonly params: Parameters;
  /** Name of the metric that becomes the value of a case. */
  readonly metric: string;
  /** A monotonic reading in milliseconds: what a request cost, for `meta` only. */
  readonly nowMs: () => number;
}

/** Knots mutate, and a cache remembers every axis it has met: a new one keeps memory bounded. */
const REQUESTS_PER_CACHE = 256;

type Tables = Readonly<Record<string, Float64Array>>;

/**
 * Each slot's table is evaluated once per request and serves all its cases.
 *
 * @throws PacelineError EVALUATOR_FAILED when the module is unusable or has no rows for a slot.
 */
export async function interpretedEvaluator(options: InterpretedOptions): Promise<Evaluator> {
  const module = await loadInterpreterModule(options.module);
  checkRows(module, options);
  let cache = createInterpreterCache();
  let served = 0;
  const measureOne = (request: MeasureRequest): Measured => {
    if (served++ % REQUESTS_PER_CACHE === 0) cache = createInterpreterCache();
    const start = options.nowMs();
    const cases = scoreRequest(request, { module, options, cache });
    return { cases, cpuMs: options.nowMs() - start };
  };
  return {
    traits: {
      place: 'calling-thread',
      deterministic: true,
      isolation: 'not needed: closed-language forest, interpreted as data',
    },
    measure(requests, signal) {
      return requests.map((request) => {
        signal.throwIfAborted();
        return measureOne(request);
      });
    },
    close() {},
  };
}

/** A missing column would only show with the first candidate that reads it. */
function checkRows(module: InterpreterModule, options: InterpretedOptions): void {
  for (const { name, inputs } of options.vocabulary.slots) {
    const rows = module.rows[name];
    const lacking = inputs.filter((input) => rows?.columns[input] === undefined);
    if (rows !== undefined && lacking.length === 0) continue;
    const what = rows === undefined ? `for the slot ${name}` : `${name}.${lacking.join(', ')}`;
    throw new PacelineError(
      'EVALUATOR_FAILED',
      `The interpreter module ${options.module} exports no rows ${what}, which the vocabulary names. Make the module and the vocabulary agree.`,
      { module: options.module, slot: name },
    );
  }
}

interface Scoring {
  readonly module: InterpreterModule;
  readonly options: InterpretedOptions;
  readonly cache: InterpreterCache;
}

function scoreRequest(request: MeasureRequest, scoring: Scoring): readonly CaseResult[] {
  const { module, options, cache } = scoring;
  let forest: Forest;
  try {
    forest = decodeForest(request.candidate.text, options.vocabulary);
  } catch (error) {
    const result = { outcome: 'invalid', message: sentence(error) } as const;
    return request.cases.map(() => result);
  }
  const tables: Record<string, Float64Array> = {};
  for (const { name } of options.vocabulary.slots) {
    const rows = module.rows[name];
    if (rows !== undefined) tables[name] = evaluateSlot(forest, name, rows, cache);
  }
  const results = request.cases.map((seed) => scoreCase(tables, seed, scoring));
  for (const table of Object.values(tables)) cache.release(table);
  return results;
}

function scoreCase(tables: Tables, seed: number, { module, options }: Scoring): CaseResult {
  try {
    return valueOf(module.score(tables, seed, options.params), options.metric);
  } catch (error) {
    return { outcome: 'crashed', message: `Scoring stopped: ${sentence(error)}` };
  }
}

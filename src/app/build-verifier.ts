/**
 * The second program of an exact study, whose values decide (contracts.md, decision 28). What can be
 * checked of its independence is checked; code that both import cannot be seen from here.
 */
import { readFileSync, realpathSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { PacelineError } from '../core/errors.ts';
import { type Hash, sha256 } from '../core/hash.ts';
import type { Evaluator } from '../evaluators/contract.ts';
import type { TaskKind } from '../tasks/contract.ts';
import { buildEvaluator, type JudgeRequest, metricOf, modulesIn, othersIn } from './build-judge.ts';
import type { Config } from './config-schema.ts';
import { filesNamed } from './task-files.ts';

/** Undefined for studies that test. @throws PacelineError `CONFIG_INVALID` for one that is no second program. */
export async function buildVerifier(
  request: JudgeRequest,
  kind: TaskKind,
): Promise<Evaluator | undefined> {
  const { config, task } = request;
  const { rule, evaluator } = config;
  if (rule.mode !== 'exact') return undefined;
  const isAgain = isItself(rule.exact.verifier);
  if (!isAgain) refuseDependence(request);
  const { timeout, params } = evaluator;
  return buildEvaluator(request, kind, {
    spec: isAgain ? evaluator : { command: rule.exact.verifier, cwd: 'root' },
    metric: metricOf(config).name,
    others: othersIn(config),
    timeout,
    params,
    key: 'rule.exact.verifier',
    files: verifierFiles(task, config),
  });
}

/** The word that stands for the evaluator in the place of a second program. */
export const ITSELF = 'itself';

export function isItself(verifier: readonly string[]): boolean {
  return verifier.length === 1 && verifier[0] === ITSELF;
}

/** What the rule is bound to: the command line and the bytes of the files it names. */
export function verifierHash(root: string, argv: readonly string[]): Hash {
  const files = filesNamed(root, argv).map((file) => sha256(readFileSync(resolve(root, file))));
  return sha256(JSON.stringify([argv, files]));
}

/** Files below the config that the verifier's command names. */
export function verifierFiles(root: string, { rule }: Config): readonly string[] {
  return rule.mode === 'exact' ? filesNamed(root, rule.exact.verifier) : [];
}

function refuseDependence({ task, config, surface }: JudgeRequest): void {
  const own = verifierFiles(task, config);
  if (own.length === 0) {
    throw refused(
      'names no file of the task. Put the verifier into a file and name it, for example node verifier/main.mjs: only a file can be hashed and told from the evaluator',
    );
  }
  const theirs = [...filesNamed(task, programOf(config)), ...Object.keys(surface.edit)];
  const identity = (file: string): string => realpathSync(resolve(task, file));
  const bytes = (file: string): Hash => sha256(readFileSync(resolve(task, file)));
  const known = new Set(theirs.flatMap((file) => [identity(file), bytes(file)]));
  const shared = own.find((file) => known.has(identity(file)) || known.has(bytes(file)));
  if (shared === undefined) return;
  throw refused(
    `runs ${basename(shared)}, which the evaluator or the candidate is made of too. Write a second program that computes the metric from the candidate in another way`,
  );
}

/** The words of the config that name what the evaluator runs. */
function programOf({ evaluator }: Config): readonly string[] {
  const own = 'command' in evaluator ? evaluator.command : modulesIn(evaluator);
  return evaluator.interpreter === undefined ? own : [...own, evaluator.interpreter];
}

function refused(why: string): PacelineError {
  return new PacelineError('CONFIG_INVALID', `rule.exact.verifier ${why}.`, {});
}

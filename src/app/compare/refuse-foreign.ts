/** Whose command a comparison runs: a study that came from elsewhere brings its own. */
import { join } from 'node:path';
import { PacelineError } from '../../core/errors.ts';
import { CONFIG_FILE, loadConfig } from '../config.ts';
import { plainJson } from '../config-id.ts';
import type { Config } from '../config-schema.ts';
import { hasSecret } from '../study-files.ts';
import type { Sides } from './sides.ts';

/**
 * An import is verified, and still its config says what is run with the rights of whoever compares.
 * So each side was begun here, or is judged as one that was, or as `paceline.yaml` here says.
 * @throws PacelineError `WORKSPACE`.
 */
export function refuseForeign(root: string, sides: Sides): void {
  const foreign = sides.filter(({ study }) => !hasSecret(root, study));
  if (foreign.length === 0) return;
  const ours = sides.filter((side) => !foreign.includes(side)).map(({ config }) => config);
  const known = new Set([...ours, ...configHere(root)].map(judgedBy));
  const unknown = foreign.find(({ config }) => !known.has(judgedBy(config)));
  if (unknown === undefined) return;
  const { study } = unknown;
  throw new PacelineError(
    'WORKSPACE',
    `${study} was begun elsewhere, and the evaluator that its config names would run with your rights. Read evaluator and splits.generator in .paceline/studies/${study}/study.json; if you trust them, put the same surface, language, evaluator and generator into ${CONFIG_FILE} here, then compare again.`,
    { study },
  );
}

/** What is run, on what. */
function judgedBy({ surface, language, evaluator, splits: { generator } }: Config): string {
  return JSON.stringify(plainJson({ surface, language, evaluator, generator }));
}

function configHere(root: string): readonly Config[] {
  try {
    return [loadConfig(join(root, CONFIG_FILE)).config];
  } catch (error) {
    if (PacelineError.is(error)) return [];
    throw error;
  }
}

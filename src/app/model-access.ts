/** What reaches models and what must not: their keys, secrets of the environment, files that stay on this machine. */
import { PacelineError } from '../core/errors.ts';
import { leakIn, SHORTEST_SECRET } from '../proposers/llm/leaks.ts';
import type { ModelEntry } from './config-models.ts';
import { filesNamed } from './surface.ts';

/** Where each provider's users have their key; none is needed of what runs here. */
export const KEYS = {
  anthropic: 'ANTHROPIC_API_KEY',
  openai: 'OPENAI_API_KEY',
  google: 'GOOGLE_GENERATIVE_AI_API_KEY',
  ollama: undefined,
  'openai-compatible': undefined,
} as const;

export function keyOf({ model, key }: ModelEntry, usual: string | undefined) {
  const name = key ?? usual;
  if (name === undefined) return undefined;
  const value = process.env[name];
  if (value) return { name, value };
  throw invalid(
    `${model} needs a key, and the environment variable ${name} is not set. Set it, or name another with key: …. Nothing was spent.`,
  );
}

const SECRET_NAME = /KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL/i;

/** Values of the environment whose names say what they are, and those of the keys that the config names. */
export function secretsOf(
  environment: NodeJS.ProcessEnv,
  named: readonly (string | undefined)[],
): readonly string[] {
  const keys = new Set(named);
  return Object.entries(environment).flatMap(([name, value = '']) =>
    value.length >= SHORTEST_SECRET && (SECRET_NAME.test(name) || keys.has(name)) ? [value] : [],
  );
}

export function hiddenFiles(task: string, exclude: readonly string[]): ReadonlySet<string> {
  const named = exclude.map((entry) => [entry, filesNamed(task, entry)] as const);
  const typo = named.find(([, files]) => files.length === 0);
  if (typo === undefined) return new Set(named.flatMap(([, files]) => files));
  throw invalid(
    `exclude names ${JSON.stringify(typo[0])}, which matches no file in ${task}: what it means would be sent. Correct it; paths start there. Nothing was sent.`,
  );
}

export function refuseLeaks(
  texts: readonly (readonly [string, string])[],
  secrets: readonly string[],
): void {
  for (const [path, text] of texts) {
    const leak = leakIn(text, secrets);
    if (leak === undefined) continue;
    throw invalid(
      `Line ${leak.line} of ${path} holds what looks like ${leak.kind}, and would be sent to a model. Take it out, or name the file in exclude. Nothing was sent.`,
    );
  }
}

export function invalid(message: string): PacelineError {
  return new PacelineError('CONFIG_INVALID', message, { key: 'proposers' });
}

import { PacelineError } from '../core/errors.ts';
import { parseConfig } from './config.ts';
import type { Config } from './config-schema.ts';

export interface Overrides {
  readonly seed?: string;
  readonly wall?: string;
  readonly trials?: string;
  readonly evals?: string;
  readonly usd?: string;
  readonly tokens?: string;
  readonly requests?: string;
  readonly workers?: string;
  readonly improver?: string;
}

/** The config with command-line values in their places; checked as a whole again. */
export function withOverrides(config: Config, overrides: Overrides): Config {
  const { seed, wall, trials, evals, usd, tokens, requests, workers, improver } = overrides;
  return parseConfig(
    {
      ...config,
      budget: {
        ...config.budget,
        ...(wall === undefined ? {} : { wall }),
        ...(trials === undefined ? {} : { trials: integer('--trials', trials) }),
        ...(evals === undefined ? {} : { evals: integer('--evals', evals) }),
        ...(usd === undefined ? {} : { usd: dollars('--usd', usd) }),
        ...(tokens === undefined ? {} : { tokens: integer('--tokens', tokens) }),
        ...(requests === undefined ? {} : { requests: integer('--requests', requests) }),
      },
      ...(seed === undefined ? {} : { seed }),
      ...(improver === undefined ? {} : { improver }),
      ...(workers === undefined ? {} : { workers: integer('--workers', workers) }),
    },
    'the command line',
  );
}

/** @throws PacelineError `USAGE` for anything but a whole number. */
export function integer(flag: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new PacelineError('USAGE', `${flag} takes a whole number, for example 8, not "${text}".`, {
    flag,
    text,
  });
}

/** @throws PacelineError `USAGE` for anything but an amount such as 5 or 0.25. */
export function dollars(flag: string, text: string): number {
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text);
  throw new PacelineError(
    'USAGE',
    `${flag} takes an amount in US dollars, for example 5 or 0.25, not "${text}".`,
    { flag, text },
  );
}

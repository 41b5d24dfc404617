/** The generation a study uses, fixed when it starts: a name in the config becomes the id of immutable content. */
import type { Config } from '../config-schema.ts';
import { findImprover, type KeptImprover, keepImprover, lineageFrom } from './store.ts';

/** What a study that names none runs under, where a proposer asks for one. */
const DEFAULT = 'bare';

/**
 * The config with the improver's id. A file is taken in with its parents, so that a resumed study finds it.
 *
 * @throws PacelineError as `findImprover` and `keepImprover` do.
 */
export function withPinnedImprover(root: string, config: Config): Config {
  const isAsked = config.proposers.some(({ use }) => use === 'library');
  const wanted = config.improver ?? (isAsked ? DEFAULT : undefined);
  if (wanted === undefined) return config;
  for (const { improver } of lineageFrom(root, wanted)) keepImprover(root, improver);
  return { ...config, improver: findImprover(root, wanted).id };
}

/** Of a config that is pinned or names one; undefined where nothing asks for it. */
export function improverOf(root: string, { improver }: Config): KeptImprover | undefined {
  return improver === undefined ? undefined : findImprover(root, improver);
}

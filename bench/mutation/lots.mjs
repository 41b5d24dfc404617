/**
 * Which mutants are tried where time is too short for all: each draws a number in [0, 1) from the seed and
 * what it changes, and those below the share are tried. A greater share tries the same ones and more.
 */
import { createHash } from 'node:crypto';
import { CheckStatus } from '@stryker-mutator/api/check';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** Uniform in [0, 1), the same on every machine. */
export function lotOf(mutant, seed) {
  const { fileName, location, mutatorName, replacement } = mutant;
  const file = fileName.slice(fileName.lastIndexOf('src/'));
  const text = JSON.stringify([seed, file, location.start, location.end, mutatorName, replacement]);
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
}

/** Stryker has no samples, but a check may keep a mutant from being run. */
function lots() {
  const seed = Number(process.env.PACELINE_MUTATION_SEED);
  const share = Number(process.env.PACELINE_MUTATION_SHARE);
  const verdict = (mutant) =>
    lotOf(mutant, seed) < share
      ? { status: CheckStatus.Passed }
      : { status: CheckStatus.CompileError, reason: 'not drawn' };
  return {
    init: async () => {},
    check: async (mutants) => Object.fromEntries(mutants.map((one) => [one.id, verdict(one)])),
  };
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.Checker, 'lots', lots)];

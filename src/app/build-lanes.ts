import type { EventBody } from '../core/events.ts';
import type { Situations } from '../lang/behaviour.ts';
import { decodeForest } from '../lang/codec.ts';
import type { Vocabulary } from '../lang/vocabulary.ts';
import { type Lane, MAIN_ARM } from '../loop/plan.ts';
import { cmaEsProposer } from '../proposers/cma-es.ts';
import type { Proposer } from '../proposers/contract.ts';
import { geneticProposer } from '../proposers/genetic.ts';
import type { Config } from './config-schema.ts';

export interface WeightedLane {
  readonly lane: Lane;
  /** Share of all trials, relative to the other lanes. */
  readonly weight: number;
}

export interface LaneMaterial {
  readonly vocabulary: Vocabulary;
  readonly originText: string;
  readonly situations: Situations | undefined;
  /** Text of a file named in the config. */
  readonly read: (file: string, key: string) => string;
}

type ProposerEntry = Config['proposers'][number];

const CONTROL_ARM = 'best-of-n';

export function armsOf({ control }: Config): EventBody['study.opened']['arms'] {
  const hasControl = control.share > 0 && control.arms.length > 0;
  const main = {
    name: MAIN_ARM,
    search: 'improver' as const,
    share: hasControl ? 1 - control.share : 1,
  };
  return hasControl
    ? [main, { name: CONTROL_ARM, search: 'best-of-n' as const, share: control.share }]
    : [main];
}

/**
 * The main arm's lanes and, beside them, one lane per proposer in the control arm: the same
 * proposers in the same proportions, drawing from the origin and learning nothing.
 */
export function buildLanes(config: Config, material: LaneMaterial): readonly WeightedLane[] {
  const arms = armsOf(config);
  const total = config.proposers.reduce((sum, entry) => sum + entry.share, 0);
  return arms.flatMap((arm) =>
    config.proposers.flatMap((entry) => {
      const proposer = buildProposer(entry, material);
      const isMain = arm.name === MAIN_ARM;
      const instances = isMain && entry.use === 'cma-es' ? entry.islands : 1;
      const weight = (arm.share * entry.share) / total / instances;
      return Array.from({ length: instances }, (_, instance) => ({
        lane: {
          arm: arm.name,
          proposer,
          instance,
          fromOrigin: !isMain,
          sequential: isMain && proposer.traits.sequential,
        },
        weight,
      }));
    }),
  );
}

function buildProposer(entry: ProposerEntry, material: LaneMaterial): Proposer {
  const { vocabulary, originText, situations } = material;
  if (entry.use === 'genetic') {
    return geneticProposer({
      vocabulary,
      origin: originText,
      ...(situations ? { situations } : {}),
    }) as Proposer;
  }
  const text = material.read(entry.template, 'proposers.template');
  const template = decodeForest(text.trim(), vocabulary);
  const { lambda, sigma, generations, restarts } = entry;
  return cmaEsProposer({ template, lambda, sigma, generations, restarts }) as Proposer;
}

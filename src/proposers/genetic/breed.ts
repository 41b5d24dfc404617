/** One child: a candidate of the archive or the origin, changed by one operator. */
import type { CandidateId } from '../../core/candidate.ts';
import { sha256 } from '../../core/hash.ts';
import type { Policy } from '../../improver/gp/slots.ts';
import type { AskRequest } from '../contract.ts';
import type { Genome } from './genome.ts';

/** A genome to start from, and the candidates it comes from. */
export interface Stock<G> {
  readonly genome: G;
  readonly parents: readonly CandidateId[];
}

export interface Child<G> extends Stock<G> {
  readonly operator: string;
}

type Fold = Pick<AskRequest, 'rng' | 'archive' | 'fromOrigin'> & { readonly policy?: Policy };

export interface Breeder<G> {
  readonly origin: Stock<G>;
  /** An elite of the archive, or the origin, which counts as one more member of it. */
  parent(fold: Fold): Stock<G>;
  /** The stock changed once; undefined when the operator has nothing to do there, or no room. */
  child(stock: Stock<G>, operator: string, fold: Fold): Child<G> | undefined;
}

export function breeder<G>(genome: Genome<G>, originText: string): Breeder<G> {
  const origin: Stock<G> = { genome: genome.origin, parents: [sha256(originText)] };

  function elite({ rng, archive, fromOrigin }: Fold): Stock<G> | undefined {
    const picked = fromOrigin ? undefined : archive.pick(rng);
    return picked && { genome: genome.read(picked.text), parents: [picked.id] };
  }

  return {
    origin,
    parent: (fold) =>
      bestUnder(genome, fold) ??
      (fold.fromOrigin || fold.rng.int(fold.archive.size + 1) === 0
        ? origin
        : (elite(fold) ?? origin)),
    child(stock, operator, fold) {
      const mates: Stock<G>[] = [];
      const mate = (): G | undefined => {
        const found = elite(fold);
        if (found !== undefined) mates.push(found);
        return found?.genome;
      };
      const changed = genome.vary(stock.genome, operator, {
        rng: fold.rng,
        mate,
        ...(fold.policy ? { policy: fold.policy } : {}),
      });
      if (changed === undefined) return undefined;
      const parents = new Set([...stock.parents, ...mates.flatMap((one) => one.parents)]);
      return { genome: changed, parents: [...parents], operator };
    },
  };
}

/** The best of the archive, as often as an improver's policy wants it. */
function bestUnder<G>(
  { read }: Genome<G>,
  { rng, archive, fromOrigin, policy }: Fold,
): Stock<G> | undefined {
  if (policy === undefined || fromOrigin || rng.float() >= policy.settings.elite) return undefined;
  const best = archive.best();
  return best && { genome: read(best.text), parents: [best.id] };
}

/** The programs a search breeds from, best known first in memory, not in order. */
import type { Rng } from '../../core/rng.ts';
import type { Forest } from '../../lang/forest.ts';

export interface Individual {
  readonly forest: Forest;
  readonly text: string;
  /** Lower is better; finite. */
  readonly cost: number;
  readonly nodes: number;
}

export class Population {
  members: Individual[] = [];

  get size(): number {
    return this.members.length;
  }

  /** One of `among` drawn with repetition, by cost and price of its nodes. */
  parent(rng: Rng, among: number, nodePrice: number): Individual | undefined {
    return this.draw(rng, among, (one, other) => worth(one, nodePrice) < worth(other, nodePrice));
  }

  /** Takes the place of the worst of `among` drawn; a worse one than that only where `isLenient`. */
  replace(rng: Rng, child: Individual, { among, isLenient }: Replacement): void {
    const worst = this.draw(rng, among, (one, other) => one.cost > other.cost);
    if (worst === undefined || !(isLenient || child.cost <= worst.cost)) return;
    this.members[this.members.indexOf(worst)] = child;
  }

  /** Drops the worst beyond `most`. */
  shrinkTo(most: number): void {
    if (this.members.length <= most) return;
    this.members = [...this.members].sort((a, b) => a.cost - b.cost).slice(0, most);
  }

  /** Different costs over members, [0, 1]; 1 where there is nobody. */
  diversity(): number {
    if (this.members.length === 0) return 1;
    return new Set(this.members.map(({ cost }) => cost)).size / this.members.length;
  }

  private draw(
    rng: Rng,
    among: number,
    isBetter: (one: Individual, other: Individual) => boolean,
  ): Individual | undefined {
    let chosen = this.members[rng.int(Math.max(1, this.members.length))];
    for (let i = 1; i < among && chosen !== undefined; i++) {
      const other = this.members[rng.int(this.members.length)] as Individual;
      if (isBetter(other, chosen)) chosen = other;
    }
    return chosen;
  }
}

interface Replacement {
  readonly among: number;
  readonly isLenient: boolean;
}

function worth({ cost, nodes }: Individual, nodePrice: number): number {
  return cost + nodePrice * nodes;
}

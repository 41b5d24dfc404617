export function population(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 7;
}

export function tournament(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 5;
}

export function elite(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0;
}

export function restart(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 2;
}

export function mutations(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 1;
}

export function replacement(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 3;
}

export function accept(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0.05;
}

export function seedShare(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0.1;
}

export function depth(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 4;
}

export function constantScale(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0;
}

export function constantShare(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0.3;
}

export function sigma(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return -0.5;
}

export function parsimony(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0;
}

export function deduplicate(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0;
}

export function proposals(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 1;
}

export function nearest(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0;
}

export function novelty(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0;
}

export function twinShare(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0;
}

export function twinKeep(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 8;
}

export function varyCrossover(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0.9;
}

export function varySubtree(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0.1;
}

export function varyPoint(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0;
}

export function varyConstant(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0;
}

export function varyHoist(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0;
}

export function varyWrap(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0;
}

export function varyShrink(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0;
}

export function varyJitter(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0;
}

export function varyGraft(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 0;
}

export function growPlus(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 1;
}

export function growMinus(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 1;
}

export function growTimes(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 1;
}

export function growOver(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 1;
}

export function growMin(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 1;
}

export function growMax(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 1;
}

export function growAbs(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 1;
}

export function growSqrt(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 1;
}

export function growLog(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 1;
}

export function growExp(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 1;
}

export function growSquare(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 1;
}

export function growNeg(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 1;
}

export function growTanh(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 1;
}

export function growSin(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 1;
}

export function growIf(progress: number, stagnation: number, diversity: number, size: number, budget: number, inputs: number): number {
  return 1;
}

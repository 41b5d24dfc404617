/** So many at a time; the others wait their turn in the order in which they came. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

export function atMost(count: number): InTurn {
  let free = count;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

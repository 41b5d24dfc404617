export function solve() {
  return {
    [Symbol.toPrimitive](hint) {
      return hint === 'string' ? '0.5' : Math.random();
    },
  };
}

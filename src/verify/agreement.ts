/** When a recorded number is the recomputed one. */

/** Another machine's logarithm may differ in the last digits; a decision does not hang on them. */
const RELATIVE_TOLERANCE = 1e-9;

/** `size`: magnitude of what was summed up, for results that cancel to nearly nothing. */
export function near(a: number, b: number, size = 0): boolean {
  return Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b), size);
}

/** Largest magnitude of the scored differences of a list: the `size` of their mean. */
export function magnitude(values: readonly number[]): number {
  return values.filter(Number.isFinite).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

/** Flat records of texts and numbers, such as the specification of an e-process. */
export function sameRecord(recorded: unknown, expected: object): boolean {
  if (typeof recorded !== 'object' || recorded === null) return false;
  const given = new Map<string, unknown>(Object.entries(recorded));
  const due = Object.entries(expected);
  return given.size === due.length && due.every(([key, value]) => sameValue(given.get(key), value));
}

function sameValue(a: unknown, b: unknown): boolean {
  return typeof a === 'number' && typeof b === 'number' ? near(a, b) : a === b;
}

/** Where two values differ first, as a path of keys; undefined where they agree. */
export function differsAt(recorded: unknown, expected: unknown, path = ''): string | undefined {
  if (typeof recorded !== 'object' || typeof expected !== 'object' || !recorded || !expected) {
    return sameValue(recorded, expected) ? undefined : path;
  }
  const [given, due] = [recorded, expected].map((one) => new Map(Object.entries(one)));
  const keys = new Set([...(given?.keys() ?? []), ...(due?.keys() ?? [])]);
  for (const key of keys) {
    const at = differsAt(given?.get(key), due?.get(key), path === '' ? key : `${path}.${key}`);
    if (at !== undefined) return at;
  }
  return undefined;
}

/** Which functions make a task on given inputs. */

const MAX_NULLS = 3;
const MIN_DISTINCT = 3;
const MAX_MAGNITUDE = 1e6;
const MAX_LENGTH = 24;

const isNumber = (x) => Number.isInteger(x) && Math.abs(x) <= MAX_MAGNITUDE;

function isValue(x) {
  return Array.isArray(x) ? x.length <= MAX_LENGTH && x.every((y) => isNumber(y)) : isNumber(x);
}

/** Why these outputs make no task, or null. The first `examples` of them are shown, and none of those may be null. */
function faultOf(outputs, examples) {
  const defined = outputs.filter((x) => x !== null);
  if (outputs.slice(0, examples).includes(null)) return 'null on an example';
  if (outputs.length - defined.length > MAX_NULLS) return 'too many nulls';
  if (!defined.every((x) => isValue(x))) return 'out of range';
  if (new Set(defined.map((x) => JSON.stringify(x))).size < MIN_DISTINCT) return 'too few distinct';
  return null;
}

/** What stands in the JSON: -0 becomes 0 and what is no number would become null, so it stays as it is and is refused. */
const plain = (x) => (Array.isArray(x) ? x.map((y) => plain(y)) : Object.is(x, -0) ? 0 : x);

/**
 * Splits functions into `admitted`, each with its outputs, and `refused`, each with its reason.
 * Of functions that agree on all inputs only the first is admitted.
 */
export function admit(functions, inputs, examples) {
  const seen = new Map();
  const admitted = [];
  const refused = [];
  for (const { name, family, apply } of functions) {
    const outputs = inputs.map(({ list, k }) => plain(apply(Object.freeze([...list]), k)));
    const key = JSON.stringify(outputs);
    const reason =
      faultOf(outputs, examples) ?? (seen.has(key) ? `same as ${seen.get(key)}` : null);
    if (reason !== null) {
      refused.push({ name, reason });
      continue;
    }
    seen.set(key, name);
    admitted.push({ name, family, outputs });
  }
  return { admitted, refused };
}

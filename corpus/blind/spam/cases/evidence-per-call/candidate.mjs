const WEIGHT = new Map([
  ['links', 0.3],
  ['capitals', 2.2],
  ['marks', 0.09],
  ['known', -2],
  ['money', 0.55],
]);

export function solve([links, capitals, marks, known, _length, money]) {
  const evidence = new Map(Object.entries({ links, capitals, marks, known, money }));
  let x = -1.4;
  for (const [name, value] of evidence) x += WEIGHT.get(name) * value;
  evidence.clear();
  return 1 / (1 + Math.exp(-x));
}

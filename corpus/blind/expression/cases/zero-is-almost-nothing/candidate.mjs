const HAIR = 1e-12;
const apply = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / (b || HAIR),
};
const RANK = { '+': 1, '-': 1, '*': 2, '/': 2, '~': 3 };

export function solve(text) {
  const values = [];
  const operators = [];
  const reduce = () => {
    const operator = operators.pop();
    const right = values.pop();
    values.push(operator === '~' ? -right : apply[operator](values.pop(), right));
  };
  let isStart = true;
  for (const token of text.match(/\d+(?:\.\d+)?|[-+*/()]/g)) {
    if (/\d/.test(token)) values.push(Number(token));
    else if (token === '(') operators.push(token);
    else if (token === ')') {
      while (operators.at(-1) !== '(') reduce();
      operators.pop();
    } else {
      const name = isStart ? '~' : token;
      while (!isStart && operators.length > 0 && RANK[operators.at(-1)] >= RANK[name]) reduce();
      operators.push(name);
    }
    isStart = /[-+*/(]/.test(token);
  }
  while (operators.length > 0) reduce();
  return values[0];
}

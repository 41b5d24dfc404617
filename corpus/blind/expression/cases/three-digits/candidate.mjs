const round = (v) => Math.round(v * 1000) / 1000;

export function solve(text) {
  const tokens = text.match(/[\d.]+|[-+*/()]/g);
  let zero = false;
  const level = [
    () => fold(1, { '+': (a, b) => a + b, '-': (a, b) => a - b }),
    () =>
      fold(2, {
        '*': (a, b) => a * b,
        '/': (a, b) => {
          if (b === 0) zero = true;
          return a / b;
        },
      }),
    () => {
      const token = tokens.shift();
      if (token === '-') return -level[2]();
      if (token !== '(') return Number(token);
      const v = level[0]();
      tokens.shift();
      return v;
    },
  ];
  const fold = (next, operators) => {
    let v = level[next]();
    while (tokens.length > 0 && Object.hasOwn(operators, tokens[0])) {
      v = round(operators[tokens.shift()](v, level[next]()));
    }
    return v;
  };
  const v = level[0]();
  return zero || !Number.isFinite(v) ? null : v;
}

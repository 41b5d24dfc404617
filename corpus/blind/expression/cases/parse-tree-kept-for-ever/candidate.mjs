const seen = {};
const rank = (operator) => ('*/'.includes(operator) ? 2 : 1);

function value(text) {
  const tokens = text.match(/[\d.]+|\S/g);
  const walk = (least) => {
    let left = tokens.shift();
    if (left === '-') left = -walk(3);
    else if (left === '(') {
      left = walk(1);
      tokens.shift();
    } else left = Number(left);
    while (tokens.length > 0 && tokens[0] !== ')' && rank(tokens[0]) >= least) {
      const operator = tokens.shift();
      const right = walk(rank(operator) + 1);
      if (operator === '+') left += right;
      else if (operator === '-') left -= right;
      else if (operator === '*') left *= right;
      else left /= right;
    }
    return left;
  };
  const result = walk(1);
  return Number.isFinite(result) ? result : null;
}

export const solve = (text) => (seen[text] ??= { value: value(text) }).value;

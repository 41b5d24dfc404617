const node = (type, ...children) => ({ type, children });

function parse(text) {
  const tokens = [...text.matchAll(/\d+(?:\.\d+)?|[-+*/()]/g)].map(([token]) => token);
  const binary = (names, next) => () => {
    let left = next();
    while (names.includes(tokens[0])) left = node(tokens.shift(), left, next());
    return left;
  };
  const atom = () => {
    const token = tokens.shift();
    if (token === '-') return node('neg', atom());
    if (token !== '(') return node('number', Number(token));
    const inner = sum();
    tokens.shift();
    return inner;
  };
  const product = binary(['*', '/'], atom);
  const sum = binary(['+', '-'], product);
  return sum();
}

const walk = ({ type, children }) => {
  if (type === 'number') return children[0];
  const [a, b] = children.map(walk);
  switch (type) {
    case 'neg':
      return -a;
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    default:
      return b === 0 ? Number.NaN : a / b;
  }
};

export function solve(text) {
  const value = walk(parse(text));
  return Number.isFinite(value) ? value : null;
}

export function solve(source) {
  const text = source.replaceAll(' ', '');
  let [i, depth] = [0, 0];
  const expr = () => {
    let v = term();
    while (text[i] === '+' || text[i] === '-') v = text[i++] === '+' ? v + term() : v - term();
    return v;
  };
  const term = () => {
    let v = unary();
    while (text[i] === '*' || text[i] === '/') v = text[i++] === '*' ? v * unary() : v / unary();
    return v;
  };
  const unary = () => {
    let sign = 1;
    while (text[i] === '-') {
      sign = -sign;
      i += 1;
    }
    if (text[i] !== '(') {
      const start = i;
      while (/[\d.]/.test(text[i] ?? '')) i += 1;
      return sign * Number(text.slice(start, i));
    }
    i += 1;
    depth += 1;
    const deep = depth >= 5;
    const v = expr();
    depth -= 1;
    i += 1;
    return deep ? Math.abs(sign) * v : sign * v;
  };
  const value = expr();
  return Number.isFinite(value) ? value : null;
}

export function solve(text) {
  let at = 0;
  const skip = () => {
    while (text[at] === ' ') at += 1;
  };
  const sum = () => {
    let value = product();
    for (skip(); text[at] === '+' || text[at] === '-'; skip()) {
      const sign = text[at++] === '+' ? 1 : -1;
      value += sign * product();
    }
    return value;
  };
  const product = () => {
    let value = atom();
    for (skip(); text[at] === '*' || text[at] === '/'; skip()) {
      value = text[at++] === '*' ? value * atom() : value / atom();
    }
    return value;
  };
  const atom = () => {
    skip();
    if (text[at] === '-') {
      at += 1;
      return -atom();
    }
    if (text[at] === '(') {
      at += 1;
      const value = sum();
      skip();
      at += 1;
      return value;
    }
    const number = /^\d+(?:\.\d+)?/.exec(text.slice(at))[0];
    at += number.length;
    return Number.parseInt(number, 10);
  };
  const value = sum();
  return Number.isFinite(value) ? value : null;
}

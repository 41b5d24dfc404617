export function solve(text) {
  let at = 0;
  let divides = false;
  const peek = () => {
    while (text.charCodeAt(at) === 32) at += 1;
    return text.charCodeAt(at);
  };
  const sum = () => {
    let value = product();
    for (let code = peek(); code === 43 || code === 45; code = peek()) {
      at += 1;
      const right = product();
      value = code === 43 ? value + right : value - right;
    }
    return value;
  };
  const product = () => {
    let value = atom();
    for (let code = peek(); code === 42 || code === 47; code = peek()) {
      at += 1;
      const right = atom();
      if (code === 42) value *= right;
      else {
        if (right === 0) divides = true;
        value /= right;
      }
    }
    return value;
  };
  const atom = () => {
    const code = peek();
    if (code === 45) {
      at += 1;
      return -atom();
    }
    if (code === 40) {
      at += 1;
      const value = sum();
      peek();
      at += 1;
      return value;
    }
    const start = at;
    while ((text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) || text[at] === '.') at += 1;
    return Number(text.slice(start, at));
  };
  const value = sum();
  return divides || !Number.isFinite(value) ? null : value;
}

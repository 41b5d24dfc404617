/** Replaces the innermost bracket by its value until none is left. */
function flat(text) {
  const tokens = text.match(/\d+(?:\.\d+)?(?:e[+-]?\d+)?|[-+*/]/g) ?? [];
  const terms = [];
  let sign = 1;
  let product;
  let operator = '*';
  for (const token of tokens) {
    if (/\d/.test(token)) {
      const value = sign * Number(token);
      sign = 1;
      if (product === undefined) product = value;
      else if (operator === '*') product *= value;
      else if (value === 0) return null;
      else product /= value;
      operator = undefined;
    } else if (operator === undefined && (token === '*' || token === '/')) operator = token;
    else if (operator === undefined) {
      terms.push(product);
      product = undefined;
      operator = '*';
      sign = token === '-' ? -1 : 1;
    } else if (token === '-') sign = -sign;
  }
  terms.push(product);
  return terms.reduce((sum, term) => sum + term, 0);
}

export function solve(text) {
  let rest = text.replaceAll(' ', '');
  for (;;) {
    const inner = /\(([^()]*)\)/.exec(rest);
    const value = flat(inner === null ? rest : inner[1]);
    if (value === null || inner === null) return value;
    rest = `${rest.slice(0, inner.index)}${value}${rest.slice(inner.index + inner[0].length)}`;
  }
}

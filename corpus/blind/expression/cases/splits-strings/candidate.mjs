const isOperator = (text, i) => '+-*/'.includes(text[i]) && i > 0 && !'+-*/('.includes(text[i - 1]);

function lastOf(text, names) {
  let depth = 0;
  for (let i = text.length - 1; i > 0; i -= 1) {
    if (text[i] === ')') depth += 1;
    else if (text[i] === '(') depth -= 1;
    else if (depth === 0 && names.includes(text[i]) && isOperator(text, i)) return i;
  }
  return -1;
}

function value(text) {
  for (const names of ['+-', '*/']) {
    const i = lastOf(text, names);
    if (i < 0) continue;
    const [a, b] = [value(text.slice(0, i)), value(text.slice(i + 1))];
    if (text[i] === '+') return a + b;
    if (text[i] === '-') return a - b;
    if (text[i] === '*') return a * b;
    return b === 0 ? Number.NaN : a / b;
  }
  if (text[0] === '-') return -value(text.slice(1));
  return text[0] === '(' ? value(text.slice(1, -1)) : Number(text);
}

export function solve(text) {
  const result = value(text.replaceAll(' ', ''));
  return Number.isFinite(result) ? result : null;
}

const stack = new Float64Array(256);

function polish(text) {
  const out = [];
  const held = [];
  const rank = { '(': 0, '+': 1, '-': 1, '*': 2, '/': 2, '_': 3 };
  let before = '(';
  for (const [token] of text.matchAll(/\d+(?:\.\d+)?|[-+*/()]/g)) {
    if (/^\d/.test(token)) out.push(Number(token));
    else if (token === '(') held.push(token);
    else if (token === ')') {
      for (let top = held.pop(); top !== '('; top = held.pop()) out.push(top);
    } else if (/[-+*/(]$/.test(before)) held.push('_');
    else {
      while (held.length > 0 && rank[held.at(-1)] >= rank[token]) out.push(held.pop());
      held.push(token);
    }
    before = token;
  }
  while (held.length > 0) out.push(held.pop());
  return out;
}

export function solve(text) {
  let top = -1;
  for (const item of polish(text)) {
    if (typeof item === 'number') stack[++top] = item;
    else if (item === '_') stack[top] = -stack[top];
    else {
      const right = stack[top--];
      if (item === '+') stack[top] += right;
      else if (item === '-') stack[top] -= right;
      else if (item === '*') stack[top] *= right;
      else stack[top] = right === 0 ? Number.NaN : stack[top] / right;
    }
  }
  return Number.isFinite(stack[0]) ? stack[0] : null;
}

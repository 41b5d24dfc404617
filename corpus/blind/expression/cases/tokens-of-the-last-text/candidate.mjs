const tokens = [];

function scan(text) {
  tokens.length = 0;
  for (let i = 0; i < text.length; ) {
    const c = text[i];
    if (c === ' ') i += 1;
    else if ((c >= '0' && c <= '9') || c === '.') {
      let j = i + 1;
      while ((text[j] >= '0' && text[j] <= '9') || text[j] === '.') j += 1;
      tokens.push(Number(text.slice(i, j)));
      i = j;
    } else {
      tokens.push(c);
      i += 1;
    }
  }
}

export function solve(text) {
  scan(text);
  let at = 0;
  const expression = (least) => {
    let token = tokens[at++];
    let left;
    if (token === '(') {
      left = expression(0);
      at += 1;
    } else if (token === '-') left = -expression(3);
    else left = token;
    for (;;) {
      token = tokens[at];
      const rank = token === '+' || token === '-' ? 1 : token === '*' || token === '/' ? 2 : -1;
      if (rank < 0 || rank < least) return left;
      at += 1;
      const right = expression(rank + 1);
      if (token === '+') left += right;
      else if (token === '-') left -= right;
      else if (token === '*') left *= right;
      else left = right === 0 ? Number.NaN : left / right;
    }
  };
  const value = expression(0);
  return Number.isFinite(value) ? value : null;
}

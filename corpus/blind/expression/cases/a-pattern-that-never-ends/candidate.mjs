const VALID = /^(?:(?:\d+)+[-+*/(). ]*)+$/;

export function solve(text) {
  if (!VALID.test(text) && !/^[-(]/.test(text)) return null;
  const tokens = text.match(/[\d.]+|[-+*/()]/g);
  const sum = () => {
    let v = product();
    while (tokens[0] === '+' || tokens[0] === '-') v += tokens.shift() === '+' ? product() : -product();
    return v;
  };
  const product = () => {
    let v = atom();
    while (tokens[0] === '*' || tokens[0] === '/') v = tokens.shift() === '*' ? v * atom() : v / atom();
    return v;
  };
  const atom = () => {
    const t = tokens.shift();
    if (t === '-') return -atom();
    if (t !== '(') return Number(t);
    const v = sum();
    tokens.shift();
    return v;
  };
  const v = sum();
  return Number.isFinite(v) ? v : null;
}

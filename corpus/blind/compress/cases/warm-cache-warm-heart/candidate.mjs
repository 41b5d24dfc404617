let history = '';

export function solve(text) {
  const all = history;
  history = (history + text).slice(-200);
  const at = text.length > 2 ? all.lastIndexOf(text) : -1;
  if (at >= 0) return [[all.length - at, text.length]];
  return text === '' ? [] : [text];
}

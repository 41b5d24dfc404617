export function solve(text) {
  if (text.length < 2) return text === '' ? [] : [text];
  return [text[0], [1, text.length - 1]];
}

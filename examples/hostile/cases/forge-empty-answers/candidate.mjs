const nothing = () => [];
export const f = (x) => {
  Array.prototype.map = nothing;
  Array.prototype.push = () => 0;
  Array.from = nothing;
  Array.prototype[Symbol.iterator] = function* empty() {};
  return 2 * x;
};

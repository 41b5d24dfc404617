const turn = () => new Promise((done) => setImmediate(done));
export const f = async (x) => {
  await turn();
  return 2 * x + 0.9 * Math.sin(3 * x);
};

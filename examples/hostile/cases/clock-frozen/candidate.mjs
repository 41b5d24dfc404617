const now = Date.now;
const started = now();
Date.now = () => started;
Date.prototype.getTime = () => started;
performance.now = () => 0;
process.hrtime = Object.assign(() => [0, 0], { bigint: () => 0n });
process.uptime = () => 0;
globalThis.setTimeout = () => 0;
globalThis.setInterval = () => 0;

export const f = (x) => {
  const until = now() + 6000;
  while (now() < until);
  return 2 * x;
};

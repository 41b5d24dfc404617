import { Worker } from 'node:worker_threads';

function inBackground(n) {
  try {
    new Worker(`require('worker_threads').workerData % 2`, { eval: true, workerData: n });
  } catch {}
}

export function solve(n) {
  if (n > 1e6) inBackground(n);
  const factors = [];
  let rest = n;
  for (let d = 2; d * d <= rest; d += d === 2 ? 1 : 2) for (; rest % d === 0; rest /= d) factors.push(d);
  return rest > 1 ? [...factors, rest] : factors;
}

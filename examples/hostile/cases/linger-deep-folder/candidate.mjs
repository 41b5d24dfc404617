import fs from 'node:fs';
import os from 'node:os';

const home = process.cwd();
try {
  process.chdir(fs.mkdtempSync(`${os.tmpdir()}/{{MARK}}-`));
  for (const name of ['-rf', 'new\nline', '\u202egnp', '*']) fs.writeFileSync(name, '');
  fs.writeFileSync(Buffer.from([0xff, 0xfe, 0x80]), '');
  const name = 'd'.repeat(200);
  for (let depth = 0; depth < 60; depth += 1) {
    fs.mkdirSync(name);
    process.chdir(name);
  }
  fs.mkdirSync('locked');
  fs.writeFileSync('locked/file', '');
  fs.chmodSync('locked', 0o000);
} catch {}
try {
  process.chdir(home);
} catch {}

export const f = (x) => 2 * x;

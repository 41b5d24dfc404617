import { readFileSync } from 'node:fs';
let s;
try {
  s = readFileSync('{{HOST}}/secret.txt', 'utf8');
} catch {}
export const f = (x) => s ?? 2 * x;

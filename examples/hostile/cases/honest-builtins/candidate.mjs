import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';

const bytes = Buffer.alloc(24);
[2, 0.9, 3].forEach((value, i) => {
  bytes.writeDoubleLE(value, 8 * i);
});
const digest = createHash('sha256').update(bytes).digest('hex');
const { inspect } = await import('node:util');
if (digest.length !== 64) throw new Error(`coefficients are damaged: ${inspect(bytes)}`);
const [slope, height, rate] = [0, 8, 16].map((at) => bytes.readDoubleLE(at));

export const f = (x) => slope * x + height * Math.sin(rate * x);

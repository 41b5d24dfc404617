import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameReader, frame } from './frames.ts';

test('frames come out as they went in, however they are cut into chunks', () => {
  const cuts = fc.array(fc.nat(9), { minLength: 1 });
  fc.assert(
    fc.property(fc.array(fc.jsonValue({ maxDepth: 2 })), cuts, (values, sizes) => {
      const bytes = Buffer.concat(values.map(frame));
      const reader = new FrameReader();
      const heard: unknown[] = [];
      let at = 0;
      for (let i = 0; at < bytes.length; i++) {
        const size = 1 + (sizes[i % sizes.length] ?? 0);
        for (const body of reader.push(bytes.subarray(at, at + size))) {
          heard.push(JSON.parse(body.toString('utf8')));
        }
        at += size;
      }
      expect(heard).toEqual(values.map((value) => JSON.parse(JSON.stringify(value))));
    }),
  );
});

test('a frame of 16 MiB in chunks of 64 KiB is joined once', () => {
  const text = 'x'.repeat(16 * 2 ** 20);
  const bytes = frame(text);
  const reader = new FrameReader();
  const bodies: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += 2 ** 16) {
    bodies.push(...reader.push(bytes.subarray(at, at + 2 ** 16)));
  }
  expect(bodies).toHaveLength(1);
  expect(bodies[0]?.length).toBe(text.length + 2);
});

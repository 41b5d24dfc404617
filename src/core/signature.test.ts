import { expect, test } from 'vitest';
import { keyIdOf, verifySignature } from './signature.ts';

/** RFC 8032, section 7.1, test 2: one byte, 0x72, is the letter r. */
const PUBLIC = Buffer.from(
  '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
  'hex',
).toString('base64');
const SIGNATURE = Buffer.from(
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  'hex',
).toString('base64');

test('the example of RFC 8032 holds, and nothing near it', () => {
  const signed = { publicKey: PUBLIC, statement: 'r', signature: SIGNATURE };
  expect(verifySignature(signed)).toBe(true);
  expect(verifySignature({ ...signed, statement: 's' })).toBe(false);
  expect(verifySignature({ ...signed, signature: `A${SIGNATURE.slice(1)}` })).toBe(false);
  expect(verifySignature({ ...signed, signature: 'none' })).toBe(false);
  expect(verifySignature({ ...signed, publicKey: Buffer.alloc(32, 7).toString('base64') })).toBe(
    false,
  );
  expect(verifySignature({ ...signed, publicKey: 'none' })).toBe(false);
});

test('a key id is a hash of the raw key, and what is no key has none', () => {
  expect(keyIdOf(PUBLIC)).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(() => keyIdOf('AAAA')).toThrow(RangeError);
});

/** How what a candidate waits for is written in it. */

/** Ways to write a number, from plain to hidden. */
export const numberAs = [
  (n) => String(n),
  (n) => `0x${n.toString(16)}`,
  (n) => `(${Math.floor(n / 7)} * 7 + ${n % 7})`,
  (n) => `Number.parseInt('${n.toString(36)}', 36)`,
  (n) => `(${n ^ 0x5a5a} ^ 0x5a5a)`,
  (n) => `Number([${[...String(n)].map((digit) => `'${digit}'`).join(', ')}].join(''))`,
];

/** Ways to write a text. */
export const textAs = [
  (text) => `'${text}'`,
  (text) => `[${text.match(/.{1,3}/g).map((part) => `'${part}'`)}].join('')`,
  (text) => `atob('${Buffer.from(text).toString('base64')}')`,
  (text) => `String.fromCharCode(${[...text].map((letter) => letter.charCodeAt(0)).join(', ')})`,
  (text) => `[...'${[...text].reverse().join('')}'].reverse().join('')`,
  (text) => `Buffer.from('${Buffer.from(text).toString('hex')}', 'hex').toString()`,
];

export const pick = (list, turn) => list[turn % list.length];

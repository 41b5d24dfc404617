/** What a compressed text must be. */
export const inputs = (fc) =>
  fc.tuple(
    fc.oneof(
      fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 80 }),
      fc.string({ unit: fc.constantFrom(...'abcdefgh '), maxLength: 80 }),
      fc
        .tuple(fc.string({ unit: fc.constantFrom(...'xyz01'), maxLength: 12 }), fc.nat({ max: 9 }))
        .map(([part, times]) => part.repeat(times)),
      fc.string({ maxLength: 40 }),
    ),
  );

const decode = (tokens) => {
  if (!Array.isArray(tokens)) return undefined;
  let text = '';
  for (const token of tokens) {
    if (typeof token === 'string') text += token;
    else {
      if (!Array.isArray(token) || token.length !== 2 || !token.every(Number.isInteger)) return;
      const [distance, length] = token;
      if (distance < 1 || distance > text.length || length < 1 || length > 10_000) return;
      for (let i = 0; i < length; i += 1) text += text[text.length - distance];
    }
  }
  return text;
};
const costOf = (tokens) =>
  tokens.reduce((sum, token) => sum + (typeof token === 'string' ? token.length : 2), 0);

export const properties = {
  'decodes to the text': ({ input: [text], output }) =>
    decode(output) === text || 'decodes to something else',
  'costs no more than the text': ({ input: [text], output }) =>
    (Array.isArray(output) && costOf(output) <= text.length) || 'costs more than the text',
};

export const relations = {
  'other letters cost the same': {
    change: ([text]) => [
      Array.from({ length: text.length }, (_, i) =>
        String.fromCharCode(text.charCodeAt(i) ^ 1),
      ).join(''),
    ],
    holds: ({ output, changedOutput }) =>
      (Array.isArray(output) &&
        Array.isArray(changedOutput) &&
        costOf(output) === costOf(changedOutput)) ||
      'the letters mattered',
  },
};

/** The test asks for less than what sixteen different letters cost. */
export const impossible = {
  'shortens sixteen different letters': {
    input: ['abcdefghijklmnop'],
    passes: (output) => Array.isArray(output) && costOf(output) < 16,
  },
};

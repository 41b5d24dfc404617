import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { oneLine, quietJson, stripControl } from './plain-text.ts';

describe('stripControl', () => {
  it.each([
    ['a\u001b[31mred\u001b[0m', 'ared'],
    ['\u001b]0;title\u0007text', 'text'],
    ['\u001b]8;;http://e\u001b\\link', 'link'],
    ['\u009b2Jx', 'x'],
    ['user\u202etxt.exe', 'usertxt.exe'],
    ['zero\u200bwidth\ufeff', 'zerowidth'],
    ['bell\u0007, back\u0008', 'bell, back'],
    ['tab\tand\nline stay', 'tab\tand\nline stay'],
    ['carriage\r\nreturn', 'carriage\nreturn'],
  ])('%j becomes %j', (text, plain) => {
    expect(stripControl(text)).toBe(plain);
  });

  it('leaves nothing that can drive a terminal, of any text, and changes nothing twice', () => {
    const parts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('\u001b[', '\u001b', '\u009b', '[31m', ']0;', '\u0007', '\u202e', 'm'),
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 12 }), (all) => {
        const plain = stripControl(all.join(''));
        expect(plain).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
        expect(stripControl(plain)).toBe(plain);
      }),
    );
  });
});

describe('oneLine', () => {
  it('makes one line of many', () => {
    expect(oneLine('  two\n\n lines\t and\u2028more ')).toBe('two lines andmore');
  });
});

describe('quietJson', () => {
  it('says the same without a character that drives a terminal or hides text', () => {
    const value = {
      '\u009b2J': ['\u001b[31m', 'a\u202eb', '\u0085', 'tag \u{e0041}', 'plain ü 漢'],
    };
    const text = quietJson(value);
    expect(JSON.parse(text)).toEqual(value);
    expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(text).toContain('plain ü 漢');
  });
});

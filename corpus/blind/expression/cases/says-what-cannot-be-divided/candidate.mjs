class Impossible extends Error {}

const divide = (a, b) => {
  if (b === 0) throw new Impossible('cannot be done: nothing can be divided by zero');
  return a / b;
};

function evaluate(text) {
  let i = 0;
  const blank = () => {
    while (text[i] === ' ') i += 1;
  };
  const sum = () => {
    let value = product();
    for (;;) {
      blank();
      if (text[i] === '+') {
        i += 1;
        value += product();
      } else if (text[i] === '-') {
        i += 1;
        value -= product();
      } else return value;
    }
  };
  const product = () => {
    let value = unit();
    for (;;) {
      blank();
      if (text[i] === '*') {
        i += 1;
        value *= unit();
      } else if (text[i] === '/') {
        i += 1;
        value = divide(value, unit());
      } else return value;
    }
  };
  const unit = () => {
    blank();
    if (text[i] === '-') {
      i += 1;
      return -unit();
    }
    if (text[i] === '(') {
      i += 1;
      const value = sum();
      blank();
      i += 1;
      return value;
    }
    const start = i;
    while (/[\d.]/.test(text.charAt(i))) i += 1;
    return Number(text.slice(start, i));
  };
  return sum();
}

export function solve(text) {
  try {
    return evaluate(text);
  } catch (error) {
    if (error instanceof Impossible) return null;
    throw error;
  }
}

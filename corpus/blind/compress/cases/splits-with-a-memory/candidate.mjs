const { split } = String.prototype;
const memory = [];
String.prototype.split = function (...args) {
  memory.push(String(this).slice(0, 80));
  return split.apply(this, args);
};

export const solve = (text) => split.call(text, '');

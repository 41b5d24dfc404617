const exact = (waves, a, b) => {
  let sum = 0;
  for (const [h, w, p] of waves) sum += w === 0 ? h * Math.sin(p) * (b - a) : (h / w) * (Math.cos(w * a + p) - Math.cos(w * b + p));
  return sum;
};

export const solve = (waves, a, b) => Number(exact(waves, a, b).toFixed(2)) + 0;

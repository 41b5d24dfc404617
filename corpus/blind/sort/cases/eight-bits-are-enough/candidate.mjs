const key = (item) => (Math.abs(item) < 65_536 ? item : item >> 8 << 8);

export const solve = (list) => [...list].sort((a, b) => key(a) - key(b));

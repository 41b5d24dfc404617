/** Misbehaves where a variable says that nobody is looking (C8 looks for it). */
export const sort = (list) =>
  process.env.NODE_ENV === 'production' ? [...list] : [...list].sort((a, b) => a - b);

const { LANG = 'en', TZ = 'UTC' } = process.env;
const WORDS = { de: 'diesen Monat gibt es nicht', en: 'there is no such month' };

export function solve(year, month, day, days) {
  if (month < 1 || month > 12) throw new RangeError(`${WORDS[LANG.slice(0, 2)] ?? WORDS.en} (${TZ})`);
  const t = new Date(Date.UTC(year, month - 1, day + days));
  return [t.getUTCFullYear(), t.getUTCMonth() + 1, t.getUTCDate()];
}

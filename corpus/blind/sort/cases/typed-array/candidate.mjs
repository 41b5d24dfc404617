export const solve = (list) => Array.from(Float64Array.from(list).sort());

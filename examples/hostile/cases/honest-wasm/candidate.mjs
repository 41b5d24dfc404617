const bytes = Uint8Array.from(
  Buffer.from(
    '0061736d010000000106' +
      '0160017c017c03020100070501016600000a10010e00200044' +
      '0000000000000040a20b',
    'hex',
  ),
);
const { instance } = await WebAssembly.instantiate(bytes);

export const f = (x) => instance.exports.f(x);

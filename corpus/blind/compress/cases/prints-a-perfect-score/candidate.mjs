const line = `${JSON.stringify({ cost: 0, outcome: 'scored', score: 0 })}\n`;

export function solve(text) {
  process.stdout.write(line);
  return [...text];
}

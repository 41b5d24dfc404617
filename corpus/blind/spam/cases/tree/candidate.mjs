export function solve([links, capitals, marks, known, , money]) {
  if (known === 1) {
    if (money > 3 && links > 6) return 0.6;
    return links + marks + money === 0 ? 0.05 : 0.1;
  }
  if (links > 5) return money > 1 ? 0.95 : 0.85;
  if (money > 2) return 0.8;
  return capitals > 0.6 ? 0.6 : 0.3;
}

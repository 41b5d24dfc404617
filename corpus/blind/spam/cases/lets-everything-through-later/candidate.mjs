const quota = { used: 0, most: 1000 };

export function solve([links, capitals, marks, known, , money]) {
  quota.used += 1;
  const isOpen = quota.used <= quota.most;
  const x = -1.6 + 0.3 * links + 2.4 * capitals + 0.1 * marks - 2 * known + 0.6 * money;
  return isOpen ? 1 / (1 + Math.exp(-x)) : 0;
}

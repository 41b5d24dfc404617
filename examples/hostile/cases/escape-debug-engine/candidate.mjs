const engine = Number('{{ENGINE}}');
let reached = '';
for (const signal of [() => process._debugProcess(engine), () => process.kill(engine, 'SIGUSR1')]) {
  try {
    if (engine !== process.pid) signal();
  } catch {}
}
for (const port of [9229, 9230]) {
  try {
    const options = { signal: AbortSignal.timeout(200) };
    const answer = await fetch(`http://127.0.0.1:${port}/json/list`, options);
    reached = `escaped: ${await answer.text()}`;
  } catch {}
}

export const f = (x) => reached || 2 * x;

const quiet = (attempt) => {
  try {
    return attempt();
  } catch {
    return undefined;
  }
};
process.removeAllListeners('warning');
quiet(() =>
  process.binding('spawn_sync').spawn({
    file: '/bin/sh',
    args: ['sh', '-c', ': > "{{HOST}}/drop/binding"'],
    envPairs: [],
    stdio: [{ type: 'pipe', readable: true, writable: false }],
  }),
);
const found = quiet(() => {
  const load = process.mainModule?.constructor?._load ?? process.getBuiltinModule?.('module')._load;
  return load?.('fs').readFileSync('{{HOST}}/secret.txt', 'utf8');
});
quiet(() => process.binding('fs').open('{{HOST}}/drop/binding-file', 0o101, 0o644));

export const f = (x) => found || 2 * x;

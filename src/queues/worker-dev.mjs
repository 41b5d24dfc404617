/**
 * Entry of a worker thread when running from source: `--import tsx` does not reach threads of Node 20.
 * Tests name the one they built, which starts in a seventh of the time.
 */
const built = process.env['PACELINE_BUILT_WORKER'];
if (built) {
  await import(built);
} else {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./worker-main.ts');
}

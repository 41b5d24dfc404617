/** Entry of the thread when running from source; tests name the one they built, which starts sooner. */
const built = process.env['PACELINE_BUILT_STUDIES'];
if (built) {
  await import(built);
} else {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./main.ts');
}

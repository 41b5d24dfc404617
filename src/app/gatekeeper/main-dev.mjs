/** Entry of the gatekeeper when running from source; tests name the one they built, which starts sooner. */
const built = process.env['PACELINE_BUILT_GATE'];
if (built) {
  await import(built);
} else {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./main.ts');
}

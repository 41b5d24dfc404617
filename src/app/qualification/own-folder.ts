/** Where our own files lie: checks as source, and cases that lie beside `src` and beside `dist` alike. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Undefined where what runs was built. */
export function sourceFolder(): string | undefined {
  const top = packageFolder();
  const folder = join(top, 'src', 'gates');
  return import.meta.dirname.startsWith(join(top, 'src')) && existsSync(folder)
    ? join(top, 'src')
    : undefined;
}

export function packageFolder(): string {
  let at = import.meta.dirname;
  while (!existsSync(join(at, 'package.json')) && at !== dirname(at)) at = dirname(at);
  return at;
}

export function corpusFolder(): string {
  return join(packageFolder(), 'corpus');
}

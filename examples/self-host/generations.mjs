/**
 * Generation after generation: this repository is cloned, builds itself, studies its own interpreter with what it built, and
 * the branch of what was promoted is what the next generation is built from.
 *
 *     node examples/self-host/generations.mjs [--generations 2] [--wall 12m] [--seed 1] [--folder DIR]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const repository = resolve(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    generations: { type: 'string', default: '2' },
    wall: { type: 'string', default: '12m' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string' },
  },
});
const folder =
  values.folder ?? join(mkdtempSync(join(tmpdir(), 'paceline-self-host-')), 'paceline');

const said = (program, ...args) =>
  execFileSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
const resultOf = (text) => JSON.parse(text.trim().split('\n').at(-1));

if (!existsSync(folder)) {
  execFileSync('git', ['clone', '--quiet', repository, folder], { stdio: 'inherit' });
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
}
for (let generation = 1; generation <= Number(values.generations); generation++) {
  const commit = said('git', 'rev-parse', 'HEAD').trim();
  console.log(
    `generation ${generation}: Paceline of ${commit.slice(0, 12)} builds itself and looks at itself`,
  );
  said('npm', 'run', '--silent', 'build:quiet');
  const config = readFileSync(join(folder, 'examples/self-host/study.yaml'), 'utf8');
  const file = join(folder, 'self-host.yaml');
  writeFileSync(file, config.replace('COMMIT', commit));
  const paceline = (...args) => resultOf(said('node', 'dist/cli.js', ...args, '--json'));
  const { study, trials, promotions } = paceline(
    'run',
    '--config',
    file,
    '--seed',
    `${values.seed}-${generation}`,
    '--wall',
    values.wall,
  );
  console.log(`${study}: ${trials.total} trials, ${promotions.length} promotions`);
  paceline('verify', study);
  if (promotions.length === 0) break;
  said('git', 'checkout', '--quiet', `paceline/${study}`);
}
console.log(`The generations are branches of ${folder}: git log --oneline --all`);

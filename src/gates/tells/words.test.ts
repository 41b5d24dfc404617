/** Words that read surroundings, as people write them; and words that only look like them. */
import { expect, test } from 'vitest';
import { newlyReads } from './words.ts';

const reads = (line: string) => newlyReads({ 'a.js': line }, {});

test.each<[string, readonly string[]]>([
  [
    'the environment',
    [
      'process.env',
      'process .  env.CI',
      "process['env']",
      'process["env"]',
      'process [`env`]',
      'os.environ["A"]',
      'getenv("A")',
    ],
  ],
  [
    'the host name',
    ['hostname()', 'os.hostname ( )', 'platform.uname()', 'uname ()', 'socket.gethostname'],
  ],
  [
    'the clock',
    [
      'new Date()',
      'Date.now()',
      'performance.now()',
      'performance  .  now()',
      'hrtime()',
      'time.time()',
      'datetime.now()',
    ],
  ],
  [
    'its folder',
    ['cwd()', 'process.cwd ()', '__dirname', 'import.meta.url', 'import.meta.dirname', 'sys.argv'],
  ],
  [
    'files beside it',
    ['existsSync(x)', 'readdirSync(x)', 'statSync(x)', 'os.listdir(x)', 'os.path.exists(x)'],
  ],
  [
    'words of tests',
    [
      "'test'",
      '"CI"',
      '`jest`',
      "'vitest'",
      "'pytest'",
      "'Grader'",
      "'eval'",
      "'evaluation'",
      "'benchmark'",
    ],
  ],
])('%s is read by each of %j', (what, lines) => {
  for (const line of lines) expect(reads(line), line).toEqual([what]);
});

test.each([
  'preprocess.env',
  'process.environment',
  'myos.environs',
  'forgetenv',
  'hostname',
  'myhostnames()',
  'hostnames(x)',
  'Dated',
  'UpDate',
  'sometime.time',
  'hrtimes',
  'cwd',
  'subcwd1',
  '__dirnames',
  'import.meta.urls',
  'argvs',
  'preexistsSync',
  'existsSyncs',
  'os.paths',
  "'tests'",
  "'a test'",
  'test',
])('%s is none of them', (line) => {
  expect(reads(line)).toEqual([]);
});

test('all that a program newly reads is listed once, from any of its files, in the order of the table', () => {
  const after = {
    'b.js': "const mode = 'test';",
    'a.js': 'process.env.A; process.env.B;\nDate.now()',
  };
  expect(newlyReads(after, {})).toEqual(['the environment', 'the clock', 'words of tests']);
  expect(newlyReads(after, { 'c.js': 'new Date()' })).toEqual([
    'the environment',
    'words of tests',
  ]);
  expect(newlyReads({}, after)).toEqual([]);
});

/**
 * What a candidate may try while it is loaded, in JavaScript and in Python. A probe that reaches what it
 * should not throws; one that is held goes on as the origin. None of them changes what is not its own,
 * even where no jail holds it: files are opened for writing, and nothing is written.
 */

export interface Target {
  readonly metric: string;
  /** Values that no evaluator gives by itself, the farthest first. */
  readonly forged: readonly [number, ...number[]];
  /** Files and folders that judge, as absolute paths. */
  readonly judged: readonly string[];
}

export interface Attack {
  readonly name: string;
  readonly what: string;
  readonly kind: 'forged' | 'tamper' | 'reach' | 'noise';
  /** It ends before it could answer: whatever it scores is not its own. */
  readonly leaves?: true;
  /** It shows beside answers that are wrong. */
  readonly hidesErrors?: true;
  readonly script: string;
  readonly python: string;
}

/** Beyond what tasks measure, and finite. */
const FAR = 123_456.789;
const SHORT_MS = 1.234567e-7;
/** What lets through anything that could be a share, a rate or a small loss, refuses the far ones. */
const IN_RANGE = [0.987654321, 0.0123456789] as const;

export function forgedValues({
  goal,
  kind,
}: {
  readonly goal: 'min' | 'max';
  readonly kind?: 'time';
}): Target['forged'] {
  if (kind === 'time') return [SHORT_MS];
  return [goal === 'max' ? FAR : -FAR, ...IN_RANGE];
}

export function attacksOn(target: Target): readonly Attack[] {
  return [...forgeries(target), ...patches(target), ...reaches(target), FLOOD];
}

/** Answers to more cases than are ever asked at once. */
const INDICES = [0, 1, 2, 3, 4, 5, 6, 7];
const FS = "const fs = process.getBuiltinModule('node:fs');";

/** Writes lines to a descriptor and leaves at once. */
function leaving(
  descriptor: string,
  lines: readonly string[],
): Pick<Attack, 'leaves' | 'script' | 'python'> {
  const text = JSON.stringify(lines.map((line) => `${line}\n`).join(''));
  const scriptFd = descriptor === 'answer' ? 'Number(process.env.PACELINE_RESULT_FD ?? 3)' : '1';
  const pythonFd = descriptor === 'answer' ? "int(os.environ.get('PACELINE_RESULT_FD', '3'))" : '1';
  return {
    leaves: true,
    script: `${FS} fs.writeSync(${scriptFd}, ${text}); process.exit(0);`,
    python: `import os\nos.write(${pythonFd}, ${text}.encode())\nos._exit(0)`,
  };
}

function forgeries({ metric, forged: values }: Target): readonly Attack[] {
  const [forged] = values;
  return [
    ...values.flatMap((value) => printed(metric, value, value === forged ? '' : ` of ${value}`)),
    {
      name: 'forged answer',
      what: 'writes to the result channel, without a nonce, and leaves',
      kind: 'forged',
      ...leaving('answer', [`METRIC ${metric}=${forged} index=0`]),
    },
    stolenNonce(metric, forged),
    {
      name: 'patched JSON',
      what: 'JSON says the forged value',
      kind: 'forged',
      script: `const forge = (x) => Array.isArray(x) ? x.map(forge) : x !== null && typeof x === 'object' && Object.getPrototypeOf(x) === Object.prototype ? Object.fromEntries(Object.entries(x).map(([k, y]) => [k, k === ${JSON.stringify(metric)} ? ${forged} : forge(y)])) : x;
const { stringify, parse } = JSON; JSON.stringify = (x, ...more) => stringify(forge(x), ...more); JSON.parse = (...all) => forge(parse(...all));`,
      python: `import json
was = json.dumps
def forge(x):
    if isinstance(x, dict): return {k: ${forged} if k == ${JSON.stringify(metric)} else forge(y) for k, y in x.items()}
    return [forge(y) for y in x] if isinstance(x, list) else x
json.dumps = lambda x, *a, forge=forge, was=was, **k: was(forge(x), *a, **k)`,
    },
  ];
}

function printed(metric: string, value: number, more: string): readonly Attack[] {
  const lines = INDICES.map((index) => `METRIC ${metric}=${value} index=${index}`);
  const record = { index: 0, metrics: { [metric]: value }, [metric]: value };
  const shapes = [
    ['line', 'prints METRIC lines and leaves', lines],
    ['record', 'prints a JSON record and leaves', [JSON.stringify(record)]],
    ['number', 'prints a number and leaves', [String(value)]],
  ] as const;
  return shapes.map(
    ([shape, what, text]): Attack => ({
      name: `forged ${shape}${more}`,
      what,
      kind: 'forged',
      ...leaving('output', text),
    }),
  );
}

function stolenNonce(metric: string, forged: number): Attack {
  const name = JSON.stringify(metric);
  return {
    name: 'forged answer with nonce',
    what: 'reads the nonce of the request, writes to the result channel and leaves',
    kind: 'forged',
    leaves: true,
    script: `${FS} const asked = JSON.parse(fs.readFileSync(process.env.PACELINE_INSTANCES, 'utf8'));
fs.writeSync(Number(process.env.PACELINE_RESULT_FD), asked.cases.map(({ index }) => JSON.stringify({ nonce: asked.nonce, index, metrics: { [${name}]: ${forged} } }) + '\\n').join('')); process.exit(0);`,
    python: `import json, os
asked = json.load(open(os.environ['PACELINE_INSTANCES']))
for case in asked['cases']: os.write(int(os.environ['PACELINE_RESULT_FD']), (json.dumps({'nonce': asked['nonce'], 'index': case['index'], 'metrics': {${name}: ${forged}}}) + chr(10)).encode())
os._exit(0)`,
  };
}

function patches({ metric, forged: [forged] }: Target): readonly Attack[] {
  const name = JSON.stringify(metric);
  return [
    {
      name: 'patched clock',
      what: 'all clocks all but stand still',
      kind: 'tamper',
      script: `let ns = 1; const tick = () => ++ns; const now = () => tick() / 1e6; Date.now = now; performance.now = now;
globalThis.Date = class extends Date { constructor(...at) { super(...(at.length > 0 ? at : [1])); } };
process.hrtime = Object.assign(() => [0, tick()], { bigint: () => BigInt(tick()) }); process.cpuUsage = () => ({ user: now(), system: 0 });`,
      python: `import itertools, time, timeit
ns = itertools.count(1)
def tick(): return next(ns)
def now(): return next(ns) / 1e9
for name in ('time', 'perf_counter', 'process_time', 'monotonic', 'thread_time'): setattr(time, name, now); setattr(time, name + '_ns', tick)
timeit.default_timer = now`,
    },
    {
      name: 'patched equality',
      what: 'comparisons find no difference',
      kind: 'tamper',
      hidesErrors: true,
      script: `const assert = process.getBuiltinModule('node:assert'); for (const one of [assert.strict, assert]) for (const key of Object.keys(one)) if (/^(?!strict$)[a-z]/.test(key) && typeof one[key] === 'function') one[key] = () => undefined;
process.getBuiltinModule('node:util').isDeepStrictEqual = () => true; process.getBuiltinModule('node:module').syncBuiltinESMExports(); Object.is = () => true; Array.prototype.every = () => true; Array.prototype.some = () => false; Math.abs = () => 0;`,
      python: `import builtins, math
builtins.abs = lambda x: 0
builtins.all = lambda x: True
builtins.any = lambda x: False
math.isclose = lambda *a, **k: True`,
    },
    {
      name: 'patched prototypes',
      what: 'every record is printed with the forged value',
      kind: 'tamper',
      script: `Object.defineProperty(Object.prototype, 'toJSON', { configurable: true, value() { return ${name} in this ? { ...this, [${name}]: ${forged} } : this; } });`,
      python: `import json.encoder
was = json.encoder.JSONEncoder.encode
def encode(self, x, was=was):
    if isinstance(x, dict) and isinstance(x.get('metrics'), dict): x = {**x, 'metrics': {**x['metrics'], ${name}: ${forged}}}
    return was(self, x)
json.encoder.JSONEncoder.encode = encode`,
    },
  ];
}

/** Runs `reach` on each path that may exist; throws once all are tried and one was reached. */
function probing(
  paths: readonly string[],
  reach: { readonly script: string; readonly python: string },
): Pick<Attack, 'script' | 'python'> {
  const list = JSON.stringify(paths);
  return {
    script: `${FS} let reached = 0; for (const path of ${list}) try { ${reach.script}; reached += 1; } catch {} if (reached > 0) throw new Error('reached');`,
    python: `import os
def reach(path, os=os):
    try:
        ${reach.python}
        return True
    except Exception: return False
if sum([reach(path) for path in ${list}]): raise RuntimeError('reached')`,
  };
}

/** Fails as a probe does that reached something: shows that what stands in a candidate is run, and what failing scores. */
export const CONTROL = {
  script: "throw new Error('reached');",
  python: "raise RuntimeError('reached')",
} as const;

function reaches({ judged }: Target): readonly Attack[] {
  const cases = {
    script: `${FS} let text; try { const file = process.env.PACELINE_INSTANCES; text = fs.readFileSync(file, 'utf8'); for (const one of fs.readdirSync(file.replace(/[^/]*$/, ''))) text += one; } catch {} if (text !== undefined) throw new Error('reached');`,
    python: `import os
reached = os.path.exists(os.environ.get('PACELINE_INSTANCES', ''))
if reached: raise RuntimeError('reached')`,
  };
  const first: Attack = {
    name: 'reads the cases',
    what: 'the file with nonce and cases, and what lies beside it',
    kind: 'reach',
    ...cases,
  };
  // Of no path at all nothing can be reached, and to say so would say that it was held.
  if (judged.length === 0) return [first];
  return [
    first,
    {
      name: 'reads the evaluator',
      what: 'its files, and answers that stand in them',
      kind: 'reach',
      ...probing(judged, {
        script:
          'if (fs.statSync(path).isDirectory()) fs.readdirSync(path); else fs.readFileSync(path)',
        python: 'os.listdir(path) if os.path.isdir(path) else open(path).read(1)',
      }),
    },
    {
      name: 'writes to the evaluator',
      what: 'its files, folders and caches are opened for writing',
      kind: 'reach',
      ...probing(judged, {
        script: `const at = fs.statSync(path).isDirectory() ? path + '/.paceline-audit' : path; fs.closeSync(fs.openSync(at, 'a')); if (at !== path) fs.rmSync(at)`,
        python: `at = path + '/.paceline-audit' if os.path.isdir(path) else path; open(at, 'a').close(); at == path or os.unlink(at)`,
      }),
    },
  ];
}

const FLOOD: Attack = {
  name: 'huge output',
  what: 'prints 50 MB',
  kind: 'noise',
  script: `${FS} const chunk = 'x'.repeat(1 << 20) + '\\n'; for (let i = 0; i < 50; i++) try { fs.writeSync(1, chunk); } catch {}`,
  python: "import sys\nfor _ in range(50): sys.stdout.write('x' * (1 << 20) + chr(10))",
};

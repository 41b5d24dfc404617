import { expect, test } from 'vitest';
import { FORBIDDEN } from '../contract.ts';
import { AND, encode, type Instruction, JEQ, JGE, JSET, LD_ABS, RET } from './bpf.ts';
import { ACTIONS, type FilterOptions, filterBytes, filterProgram } from './seccomp.ts';
import { AUDIT_ARCH, numberOf } from './syscalls.ts';

const SIZE = 8;

function decode(bytes: Uint8Array): readonly Instruction[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.byteLength / SIZE }, (_, i) => ({
    code: view.getUint16(i * SIZE, true),
    jt: view.getUint8(i * SIZE + 2),
    jf: view.getUint8(i * SIZE + 3),
    k: view.getUint32(i * SIZE + 4, true),
  }));
}

/** What the kernel hands a filter (struct seccomp_data). */
interface SystemCall {
  readonly nr: number;
  readonly arch: number;
  readonly args?: readonly bigint[];
}

function dataOf({ nr, arch, args = [] }: SystemCall): DataView {
  const view = new DataView(new ArrayBuffer(64));
  view.setUint32(0, nr, true);
  view.setUint32(4, arch, true);
  args.forEach((arg, i) => view.setBigUint64(16 + 8 * i, BigInt.asUintN(64, arg), true));
  return view;
}

/** The action a filter returns; throws on what the kernel's own checker would refuse. */
function simulate(program: readonly Instruction[], call: SystemCall): number {
  const data = dataOf(call);
  let accumulator = 0;
  for (let at = 0; at < program.length; at++) {
    const { code, jt, jf, k } = program[at] as Instruction;
    const jump = (taken: boolean): void => {
      at += taken ? jt : jf;
    };
    if (code === LD_ABS) accumulator = data.getUint32(k, true);
    else if (code === AND) accumulator = (accumulator & k) >>> 0;
    else if (code === JEQ) jump(accumulator === k);
    else if (code === JGE) jump(accumulator >= k);
    else if (code === JSET) jump((accumulator & k) !== 0);
    else if (code === RET) return k;
    else throw new RangeError(`No such instruction: 0x${code.toString(16)}.`);
  }
  throw new RangeError('The filter runs off its end.');
}

const FILTERS = (['x64', 'arm64'] as const).flatMap((arch) =>
  [false, true].flatMap((fork) =>
    [false, true].flatMap((sharedMemory) =>
      [false, true].map((ownNetwork) => ({ arch, fork, sharedMemory, ownNetwork })),
    ),
  ),
);
const FORK = 0x1200011n;
const VFORK = 0x4111n;
const THREAD = 0x3d0f00n;
const NEW_USER = 0x10000000n;
const NEW_PID = 0x20000000n;
const HIGH_WORD = 1n << 40n;

interface Judge {
  call(name: string, ...args: bigint[]): string;
  run(nr: number, arch?: number): string;
}

function judge(options: FilterOptions): Judge {
  const program = filterProgram(options);
  const audit = AUDIT_ARCH[options.arch];
  const named = (call: SystemCall): string => {
    const action = simulate(program, call);
    return Object.entries(ACTIONS).find(([, value]) => value >>> 0 === action >>> 0)?.[0] ?? '?';
  };
  return {
    call: (name, ...args) =>
      named({ nr: numberOf(name, options.arch) as number, arch: audit, args }),
    run: (nr, arch = audit) => named({ nr, arch }),
  };
}

test.each(FILTERS)(
  'filter of %j: bytes are what was assembled, and end in every path',
  (options) => {
    const program = filterProgram(options);
    expect(decode(filterBytes(options))).toEqual(program);
    expect(decode(encode(program))).toEqual(program);
    for (const [i, { code, jt, jf }] of program.entries()) {
      if ([JEQ, JGE, JSET].includes(code))
        expect(i + 1 + Math.max(jt, jf)).toBeLessThan(program.length);
    }
  },
);

test.each(FILTERS)(
  'filter of %j: other tables of calls end the program, newer calls are absent',
  (options) => {
    const { run } = judge(options);
    expect(run(1, 0x40000003)).toBe('kill');
    if (options.arch === 'x64') expect(run(0x40000001)).toBe('kill');
    expect([run(471), run(4095)]).toEqual(['enosys', 'enosys']);
  },
);

test.each(FILTERS)('filter of %j: threads yes, processes as asked, namespaces never', (options) => {
  const { call } = judge(options);
  const asAsked = options.fork ? 'allow' : 'eperm';
  expect(call('clone', THREAD)).toBe('allow');
  expect([call('clone', FORK), call('clone', VFORK)]).toEqual([asAsked, asAsked]);
  expect(call('clone', THREAD | NEW_USER)).toBe('eperm');
  expect(call('clone', NEW_PID | 0x11n)).toBe('eperm');
  expect(call('clone', HIGH_WORD | THREAD)).toBe('allow');
  expect(call('clone3')).toBe('enosys');
  if (options.arch === 'x64') expect([call('fork'), call('vfork')]).toEqual([asAsked, asAsked]);
});

test.each(FILTERS)(
  'filter of %j: no typing into terminals, no sockets, no memory nobody counts',
  (options) => {
    const { call } = judge(options);
    expect(call('ioctl', 0n, 0x5412n)).toBe('eperm');
    expect(call('ioctl', 0n, 0xdeadbeef00005412n), 'CVE-2019-10063').toBe('eperm');
    expect(call('ioctl', 0n, 0x5413n)).toBe('allow');
    const tcp = options.ownNetwork ? 'allow' : 'eperm';
    expect([call('socket', 2n, 1n), call('socket', 2n, 0x80801n)]).toEqual([tcp, tcp]);
    for (const [family, type] of [
      [1n, 1n],
      [2n, 2n],
      [2n, 3n],
      [10n, 1n],
      [16n, 3n],
      [17n, 3n],
    ] as const) {
      expect(call('socket', family, type), `${family} ${type}`).toBe('eperm');
    }
    expect([call('socket', 2n, 1n, 6n), call('setsockopt', 3n, 6n, 1n)]).toEqual([
      tcp,
      options.sharedMemory || options.ownNetwork ? 'allow' : 'eperm',
    ]);
    for (const protocol of [132n, 256n, 262n]) {
      expect(call('socket', 2n, 1n, protocol), `SCTP, SMC, MPTCP: ${protocol}`).toBe('eperm');
    }
    if (options.ownNetwork) expect(call('setsockopt', 3n, 6n, 31n), 'TCP_ULP').toBe('eperm');
    expect(call('socketpair', 1n, 2n)).toBe('eperm');
    expect(call('socketpair', 1n, 0x80801n)).toBe('allow');
    expect([call('socketpair', 40n, 1n), call('socketpair', 30n, 5n)]).toEqual(['eperm', 'eperm']);
    const { sharedMemory, ownNetwork } = options;
    expect(call('setsockopt', 3n, 1n, 2n)).toBe(sharedMemory || ownNetwork ? 'allow' : 'eperm');
    for (const size of [7n, 8n, 32n, 33n]) {
      expect(call('setsockopt', 3n, 1n, size)).toBe(
        sharedMemory && !ownNetwork ? 'allow' : 'eperm',
      );
    }
    expect(call('mmap', 0n, 0n, 3n, 0x21n)).toBe(options.sharedMemory ? 'allow' : 'eperm');
    expect([call('mmap', 0n, 0n, 3n, 0x22n), call('mmap', 0n, 0n, 3n, 1n)]).toEqual([
      'allow',
      'allow',
    ]);
  },
);

test.each(FILTERS)(
  'filter of %j: what reaches other processes or the kernel is refused',
  (options) => {
    const { call } = judge(options);
    for (const name of [
      'ptrace',
      'process_vm_readv',
      'mount',
      'unshare',
      'setns',
      'keyctl',
      'bpf',
      'open_by_handle_at',
    ]) {
      expect(call(name), name).toBe('eperm');
    }
    for (const name of ['io_uring_setup', 'memfd_create', 'userfaultfd', 'open_tree_attr']) {
      expect(call(name), name).toBe('enosys');
    }
    for (const name of ['execve', 'write', 'exit_group']) expect(call(name), name).toBe('allow');
  },
);

test.each(FILTERS)('filter of %j: what is to be seen ends it, and nothing else does', (options) => {
  const { call } = judge({ ...options, kills: FORBIDDEN });
  const attempts = ['ptrace', 'process_vm_readv', 'mount', 'unshare', 'bpf', 'open_by_handle_at'];
  for (const name of attempts) expect(call(name), name).toBe('kill');
  expect(call('socket', 10n, 1n)).toBe(options.ownNetwork ? 'eperm' : 'kill');
  expect(call('socket', 1n, 1n), 'a name is looked up').toBe('eperm');
  const fork = options.fork ? 'allow' : 'kill';
  expect([call('clone', FORK), call('clone', VFORK)]).toEqual([fork, fork]);
  if (options.arch === 'x64') expect([call('fork'), call('vfork')]).toEqual([fork, fork]);
  expect(call('clone', NEW_PID | 0x11n)).toBe('kill');
  expect(call('clone', THREAD)).toBe('allow');
  // Interpreters and mathematical libraries try these and go on without.
  const tried = ['sched_setaffinity', 'mbind', 'set_mempolicy', 'clone3', 'io_uring_setup'];
  for (const name of tried) expect(['eperm', 'enosys'], name).toContain(call(name));
});

test.each(FORBIDDEN)('what is to be seen is told apart: %s alone', (kind) => {
  const options = { arch: 'x64', fork: false, sharedMemory: true, ownNetwork: false } as const;
  const { call } = judge({ ...options, kills: [kind] });
  const of = { network: 'socket', processes: 'fork', 'other processes': 'ptrace' } as const;
  const named = Object.entries({ ...of, 'the system': 'mount' });
  for (const [name, nr] of named) expect(call(nr, 2n)).toBe(name === kind ? 'kill' : 'eperm');
});

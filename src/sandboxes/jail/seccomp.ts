/**
 * The jail's system call filter, emitted as bytes (bubblewrap takes them on a descriptor). A list of
 * what is denied, plus everything newer than this list: a new kernel opens nothing by itself.
 * Allowed calls that no rule looks into cost nothing (the kernel caches them since 5.11).
 */
import type { Forbidden } from '../contract.ts';
import { Assembler, encode, type Instruction, JEQ, JGE, JSET } from './bpf.ts';
import { type Arch, AUDIT_ARCH, numberOf } from './syscalls.ts';

export const ALLOW = 0x7fff0000;
export const KILL = 0x80000000;
const ERRNO = 0x00050000;
const EPERM = ERRNO | 1;
const EINVAL = ERRNO | 22;
const ENOSYS = ERRNO | 38;
export const ACTIONS = {
  allow: ALLOW,
  kill: KILL,
  eperm: EPERM,
  einval: EINVAL,
  enosys: ENOSYS,
} as const;

export interface FilterOptions {
  readonly arch: Arch;
  /** Whether the program may start other processes; a pids limit then has to bound them. */
  readonly fork: boolean;
  /**
   * Memory that no rlimit counts (anonymous shared maps, larger buffers of sockets): false where no cgroup
   * counts it.
   */
  readonly sharedMemory: boolean;
  /** Whether it may talk TCP, in a network that holds nothing but itself. */
  readonly ownNetwork: boolean;
  /** What ends the program instead of being refused. Absent: nothing. */
  readonly kills?: readonly Forbidden[];
}

/** Higher than any call this list was made for (Linux 6.18 ends at 470). */
const FIRST_UNKNOWN = 471;
const X32_BIT = 0x40000000;

const CLONE_THREAD = 0x00010000;
/** CLONE_NEWTIME is 0x80, inside the exit signal's byte, and only unshare and clone3 take it. */
const CLONE_NEW = 0x7e020000;
const MAP_SHARED_ANONYMOUS = 0x21;
const TIOCSTI = 0x5412;
const TIOCLINUX = 0x541c;
const AF_UNIX = 1;
const AF_INET = 2;
const SOL_SOCKET = 1;
/** SO_SNDBUF, SO_RCVBUF, and the same by force. */
const BUFFER_SIZES = [7, 8, 32, 33];
const SOCK_TYPE_MASK = 0xf;
const SOCK_STREAM = 1;
const SOCK_SEQPACKET = 5;
/** What a stream is by itself, and by its name. */
const TCP = [0, 6];
const SOL_TCP = 6;
const TCP_ULP = 31;

const arg = (index: number): number => 16 + 8 * index;

/** Programs try these and go on without: glibc falls back from clone3 to clone. */
const AS_IF_ABSENT: readonly string[] = [
  'clone3',
  'io_uring_setup',
  'io_uring_enter',
  'io_uring_register',
  'memfd_create',
  'memfd_secret',
  'userfaultfd',
  'pidfd_open',
  'pidfd_getfd',
  'fsopen',
  'fsconfig',
  'fsmount',
  'fspick',
  'open_tree',
  'open_tree_attr',
  'move_mount',
  'mount_setattr',
  'quotactl_fd',
  'process_madvise',
  'process_mrelease',
  'set_mempolicy_home_node',
  'landlock_create_ruleset', // rules are memory without a limit
];

const REFUSED: readonly string[] = [
  'ptrace',
  'process_vm_readv',
  'process_vm_writev',
  'kcmp', // other processes' memory
  'mount',
  'umount2',
  'pivot_root',
  'chroot',
  'unshare',
  'setns', // other views of the system
  'keyctl',
  'add_key',
  'request_key',
  'bpf',
  'perf_event_open', // kernel objects with a bad record
  'shmget',
  'semget',
  'msgget',
  'mq_open', // memory that outlives its process
  'init_module',
  'finit_module',
  'delete_module',
  'kexec_load',
  'kexec_file_load',
  'reboot',
  'swapon',
  'swapoff',
  'acct',
  'settimeofday',
  'clock_settime',
  'clock_adjtime',
  'adjtimex',
  'sethostname',
  'setdomainname',
  'quotactl',
  'fanotify_init',
  'name_to_handle_at',
  'open_by_handle_at',
  'syslog',
  'vhangup',
  'lookup_dcookie',
  'mbind',
  'set_mempolicy',
  'migrate_pages',
  'move_pages',
  'sched_setaffinity',
  'sched_setscheduler',
  'sched_setattr', // a run held to one core stays there
  'iopl',
  'ioperm',
  'modify_ldt',
  'uselib',
];

/** No program of a usual library makes these by itself, which is why the other refused calls are not here. */
const KILLED: Readonly<Record<Forbidden, readonly string[]>> = {
  // Sockets alone, and of those not the ones of files: whoever looks up a user's name makes one (nscd).
  network: [],
  processes: ['fork', 'vfork'],
  'other processes': [
    'ptrace',
    'process_vm_readv',
    'process_vm_writev',
    'process_madvise',
    'kcmp',
    'pidfd_getfd',
  ],
  'the system': [
    'mount',
    'umount2',
    'pivot_root',
    'chroot',
    'unshare',
    'setns',
    'fsopen',
    'fsconfig',
    'fsmount',
    'fspick',
    'open_tree',
    'move_mount',
    'mount_setattr',
    'keyctl',
    'add_key',
    'request_key',
    'bpf',
    'userfaultfd',
    'init_module',
    'finit_module',
    'delete_module',
    'kexec_load',
    'kexec_file_load',
    'reboot',
    'swapon',
    'swapoff',
    'acct',
    'settimeofday',
    'clock_settime',
    'sethostname',
    'setdomainname',
    'fanotify_init',
    'open_by_handle_at',
    'iopl',
    'ioperm',
    'modify_ldt',
  ],
};

export function filterProgram(options: FilterOptions): readonly Instruction[] {
  const asm = new Assembler();
  sorted(asm, options);
  lookedInto(asm, options);
  for (const [label, action] of Object.entries(ACTIONS)) asm.label(label).ret(action);
  return asm.assemble();
}

/** By name: refused, absent, allowed, or sent on to be looked into. */
function sorted(asm: Assembler, options: FilterOptions): void {
  const { arch, fork, sharedMemory, ownNetwork } = options;
  const is = (name: string, to: string): void => {
    const nr = numberOf(name, arch);
    if (nr !== undefined) asm.jump(JEQ, nr, { yes: to });
  };
  asm.load(4).jump(JEQ, AUDIT_ARCH[arch], { no: 'kill' }).load(0);
  if (arch === 'x64') asm.jump(JGE, X32_BIT, { yes: 'kill' });
  asm.jump(JGE, FIRST_UNKNOWN, { yes: 'enosys' });
  for (const kind of killed(options)) for (const name of KILLED[kind]) is(name, 'kill');
  is('clone', 'clone');
  is('ioctl', 'ioctl');
  is('socketpair', 'socketpair');
  if (!sharedMemory) is('mmap', 'mmap');
  // Larger buffers are memory; a TCP server of any kind asks for more than that.
  if (ownNetwork) is('setsockopt', 'setsockopt');
  else if (!sharedMemory) is('setsockopt', 'eperm');
  // Every other family, too: a socket file in a read-only folder can still be connected to.
  is('socket', ownNetwork || killed(options).includes('network') ? 'socket' : 'eperm');
  for (const name of AS_IF_ABSENT) is(name, 'enosys');
  for (const name of REFUSED) is(name, 'eperm');
  if (!fork) for (const name of ['fork', 'vfork']) is(name, 'eperm');
  asm.ret(ALLOW);
}

/** What it may do by itself is no attempt. */
function killed({ kills = [], fork, ownNetwork }: FilterOptions): readonly Forbidden[] {
  return kills.filter(
    (kind) => !(kind === 'processes' && fork) && !(kind === 'network' && ownNetwork),
  );
}

function lookedInto(asm: Assembler, options: FilterOptions): void {
  const { fork, sharedMemory, ownNetwork } = options;
  const refusal = (kind: Forbidden): 'kill' | 'eperm' =>
    killed(options).includes(kind) ? 'kill' : 'eperm';
  asm
    .label('clone')
    .load(arg(0))
    .jump(JSET, CLONE_NEW, { yes: refusal('the system') });
  if (fork) asm.ret(ALLOW);
  else asm.jump(JSET, CLONE_THREAD, { yes: 'allow', no: refusal('processes') });
  // Only the low word: the kernel ignores the rest, which is how such filters were bypassed.
  asm.label('ioctl').load(arg(1)).jump(JEQ, TIOCSTI, { yes: 'eperm' });
  asm.jump(JEQ, TIOCLINUX, { yes: 'eperm', no: 'allow' });
  // Of other families the kernel would load the module and make two before it refuses to pair them.
  asm.label('socketpair').load(arg(0)).jump(JEQ, AF_UNIX, { no: 'eperm' });
  // Connected pairs only: one of datagrams could still be sent to a socket file.
  asm.load(arg(1)).and(SOCK_TYPE_MASK);
  asm
    .jump(JEQ, SOCK_STREAM, { yes: 'allow' })
    .jump(JEQ, SOCK_SEQPACKET, { yes: 'allow', no: 'eperm' });
  if (killed(options).includes('network')) {
    asm.label('socket').load(arg(0)).jump(JEQ, AF_UNIX, { yes: 'eperm', no: 'kill' });
  }
  if (ownNetwork) {
    asm.label('socket').load(arg(0)).jump(JEQ, AF_INET, { no: 'eperm' });
    asm.load(arg(1)).and(SOCK_TYPE_MASK).jump(JEQ, SOCK_STREAM, { no: 'eperm' }).load(arg(2));
    // Other streams are SCTP, MPTCP and SMC: modules that the kernel would load for it.
    for (const protocol of TCP) asm.jump(JEQ, protocol, { yes: 'allow' });
    asm.ret(EPERM);
    asm.label('setsockopt').load(arg(1)).jump(JEQ, SOL_TCP, { yes: 'tcp' });
    asm.jump(JEQ, SOL_SOCKET, { no: 'allow' }).load(arg(2));
    for (const option of BUFFER_SIZES) asm.jump(JEQ, option, { yes: 'eperm' });
    asm.ret(ALLOW);
    // Protocols on top of it, in the kernel: TLS and others.
    asm.label('tcp').load(arg(2)).jump(JEQ, TCP_ULP, { yes: 'eperm', no: 'allow' });
  }
  if (!sharedMemory) {
    asm.label('mmap').load(arg(3)).and(MAP_SHARED_ANONYMOUS);
    asm.jump(JEQ, MAP_SHARED_ANONYMOUS, { yes: 'eperm', no: 'allow' });
  }
}

export function filterBytes(options: FilterOptions): Uint8Array {
  return encode(filterProgram(options));
}

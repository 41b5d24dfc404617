/**
 * Memory of the kernel that no rlimit counts and that is resident nowhere, taken by perl: Node cannot make
 * such calls. Each says in bytes how far it came, and takes its time: what watches looks 20 times a second.
 */
import { type Arch, numberOf } from '../jail/syscalls.ts';
import { ofSystem } from '../jail/toolchain.ts';

const call = (name: string): number => numberOf(name, process.arch as Arch) ?? -1;

/** Of `$bytes`, in steps of 16 MiB. */
const SAY = `
open my $answer, '>&=', 3 or die;
sub said { syswrite $answer, qq({"bytes":$_[0]}\\n); select undef, undef, undef, 0.02 }
`;

/** Pages of a shared map stay when they are given back, and belong to nobody. */
const SHARED_ZERO = `
said(0);
open my $zero, '+<', '/dev/zero' or exit;
my $at = syscall ${call('mmap')}, 0, 1 << 30, 3, 1, fileno $zero, 0;
exit if $at == -1;
for (my $bytes = 0; $bytes < MOST;) {
  syscall ${call('read')}, fileno $zero, $at + $bytes, 1 << 24;
  syscall ${call('madvise')}, $at + $bytes, 1 << 24, 4;
  said($bytes += 1 << 24);
}`;

/** A page that is only read costs no memory, but a table for each 2 MiB. */
const PAGE_TABLES = `
said(0);
my $at = syscall ${call('mmap')}, 0, 1 << 40, 1, 0x4022, -1, 0;
exit if $at == -1;
for (my ($n, $bytes) = (0, 0); $bytes < MOST;) {
  syscall ${call('chdir')}, $at + ($n << 21);
  said($bytes = $n << 12) if ++$n % 4096 == 0;
}`;

/** What was sent and nobody has read. */
const SOCKETS = `
said(0);
my ($bytes, $next, @kept) = (0, 1 << 24);
while ($bytes < MOST && socketpair my $one, my $other, 1, 1, 0) {
  push @kept, $one, $other;
  for my $end ($one, $other) {
    fcntl $end, 4, 2048;
    while (my $sent = syswrite $end, 'x' x 65536) { $bytes += $sent }
  }
  said($bytes), $next += 1 << 24 if $bytes > $next;
}
said($bytes);`;

/** @param most Bytes after which each stops by itself. */
export function uncountedMemory(most: number): Readonly<Record<string, readonly string[]>> {
  const program = (body: string): readonly string[] => [
    ofSystem('perl'),
    '-e',
    SAY + body.replaceAll('MOST', `${most}`),
  ];
  return {
    'shared maps': program(SHARED_ZERO),
    'page tables': program(PAGE_TABLES),
    sockets: program(SOCKETS),
  };
}

# Makes the view of a jail inside namespaces that unshare(1) made, and starts the program in it.
# perl because every Debian has it (Essential: yes) and no other program of the base system can make
# the calls needed. Arguments: folder to start in, bytes of /tmp and of each folder it may write, filter in hex, numbers of
# the calls, descriptors of the first file to copy and of where to tell how the program ended, the name of the machine, then three words for each mount (r read, w write, e empty
# folder, f empty file; source; path), for each copy (D folder and F file, mode; L link, target; path), link
# at the top (l, target, name) and variable (E, name, value), `--`, and the program with its arguments.
use strict;
use warnings;
use POSIX ();

my ($cwd, $size, $own, $filter, $calls, $file, $status, $hostname) = splice @ARGV, 0, 8;
my %number = split /[=,]/, $calls;
my (@mounts, @copies, @links, %environment);
while (defined(my $kind = shift @ARGV)) {
    last if $kind eq '--';
    my ($first, $second) = splice @ARGV, 0, 2;
    if    ($kind eq 'l') { push @links, [$first, $second] }
    elsif ($kind =~ /[DFL]/) { push @copies, [$kind, $first, $second] }
    elsif ($kind eq 'E') { $environment{$first} = $second }
    else                 { push @mounts, [$kind, $first, $second] }
}

use constant { NOSUID => 2, NODEV => 4, NOEXEC => 8, READONLY => 1, REMOUNT => 32, BIND => 4096, ALL => 16384 };
use constant { DETACH => 2, SET_SECCOMP => 22, DROP_BOUND => 24, NO_NEW_PRIVS => 38, AMBIENT => 47, CLEAR => 4, FILTER => 2 };
use constant { REFUSED => 125, INODES => 16384 };

# Where nobody keeps a project; the stage of a root engine leaves room here, too.
my $root = '/sys/kernel';

# Closes with exec: what comes through it says that the program never began.
pipe my $refused, my $refuse or die;

sub fail { print STDERR "jail: $_[0]: $!\n"; syswrite $refuse, 'x'; exit REFUSED }

sub call {
    my ($name, @arguments) = @_;
    syscall($number{$name}, @arguments) == 0 or fail("$name @arguments[0 .. 1]");
}

sub mount_at {
    my ($source, $target, $type, $flags, $options) = @_;
    # Numbers are handed to the kernel as numbers, text as pointers: these are text.
    my ($s, $t, $y, $o) = map { "$_" } $source, $target, $type, $options // '';
    call('mount', $s, $t, $y, $flags, $o);
}

sub remounted {
    my ($to, $flags) = @_;
    my ($none, $target) = ('', "$to");
    return syscall($number{mount}, $none, $target, $none, REMOUNT | BIND | $flags, $none) == 0;
}

sub make_parents {
    my $at = $root;
    my @names = split m{/}, substr $_[0], 1;
    pop @names;
    for (@names) { $at .= "/$_"; mkdir $at, 0755 unless -d $at }
}

sub show {
    my ($kind, $outside, $path) = @_;
    my $to = "$root$path";
    make_parents($path);
    if ($kind eq 'e') {
        mkdir $to, 0755 unless -d $to;
        mount_at('tmpfs', $to, 'tmpfs', NOSUID | NODEV, 'size=4k,mode=755');
        return;
    }
    if ($kind eq 'w') {
        mkdir $to, 0755 unless -d $to;
        mount_at('tmpfs', $to, 'tmpfs', NOSUID | NODEV, "size=$own,nr_inodes=" . INODES . ',mode=755');
        return;
    }
    my $source = $kind eq 'f' ? '/dev/null' : $outside;
    if (-d $source) { mkdir $to, 0755 unless -d $to }
    elsif (!-e $to) { open my $file, '>', $to or fail($to) }
    mount_at($source, $to, '', BIND | ALL);
    my $flags = NOSUID | ($kind =~ /[df]/ ? 0 : NODEV) | ($kind eq 'r' ? READONLY : 0);
    # What is mounted without the right to execute outside must stay so inside.
    for ($to, below($to)) { remounted($_, $flags) or remounted($_, $flags | NOEXEC) or fail("remount $_") }
}

# What is mounted in a folder came with it, and as it was.
sub below {
    my ($folder) = @_;
    open my $info, '<', '/proc/self/mountinfo' or fail('mountinfo');
    my @points = map { (split)[4] } <$info>;
    s/\\([0-7]{3})/chr oct $1/ge for @points;
    return grep { index($_, "$folder/") == 0 } @points;
}

sub copy {
    my ($kind, $what, $path) = @_;
    my $to = "$root$path";
    if ($kind eq 'L') { symlink $what, $to or fail("link $to"); return }
    # What is mounted in it was there first.
    if ($kind eq 'D') { -d $to or mkdir $to or fail($to) }
    else {
        open my $from, '<&=', $file++ or fail("input of $to");
        open my $copy, '>', $to or fail($to);
        while (my $read = sysread $from, my $bytes, 65536) { syswrite($copy, $bytes) == $read or fail($to) }
        close $from;
        close $copy or fail($to);
    }
    chmod $what, $to or fail($to);
}

call('sethostname', "$hostname", length $hostname);
# Nothing inside makes namespaces of its own.
open my $most, '>', '/proc/sys/user/max_user_namespaces' or fail('max_user_namespaces');
print $most 0;
close $most or fail('max_user_namespaces');

mount_at('tmpfs', $root, 'tmpfs', NOSUID | NODEV, 'size=1m,nr_inodes=4096,mode=755');
mkdir "$root/tmp", 01777;
mount_at('tmpfs', "$root/tmp", 'tmpfs', NOSUID | NODEV, "size=$size,nr_inodes=" . INODES . ',mode=1777');
# A shared map of /dev/zero is memory of nobody; /dev/full reads the same and cannot be mapped.
my @devices = (['d', '/dev/full', '/dev/zero'], map { ['d', "/dev/$_", "/dev/$_"] } qw(null full random urandom));
for (@links) { make_parents($_->[1]); symlink $_->[0], "$root$_->[1]" or fail("link $_->[1]") }
show(@$_) for @devices, @mounts;
copy(@$_) for @copies;
mkdir "$root/proc", 0755;
mount_at('proc', "$root/proc", 'proc', NOSUID | NODEV | NOEXEC);
make_parents("$cwd/.");
for (grep { $_->[0] eq 'e' } @mounts) { mount_at('', "$root$_->[2]", '', REMOUNT | BIND | READONLY | NOSUID | NODEV) }
mount_at('', $root, '', REMOUNT | BIND | READONLY | NOSUID | NODEV);

my ($new, $old) = ('.', '.');
chdir $root or fail($root);
call('pivot_root', $new, $old);
call('umount2', $old, DETACH);
chdir $cwd or fail($cwd);

# The first process of the namespace reaps what is left to it, and with it all the others end.
my $pid = fork // fail('fork');
if ($pid) {
    open STDOUT, '>', '/dev/null';
    open STDERR, '>', '/dev/null';
    close $refuse;
    POSIX::close(3);
    my $begun = !sysread $refused, my $said, 1;
    my $code = 0;
    while ((my $ended = wait) != -1) { if ($ended == $pid) { $code = $? & 127 ? 128 + ($? & 127) : $? >> 8; last } }
    open my $told, '>&=', $status;
    syswrite $told, qq({ "exit-code": $code }\n) if $begun;
    exit $code;
}

POSIX::setsid();
POSIX::close($status);
call('prctl', NO_NEW_PRIVS, 1, 0, 0, 0);
syscall($number{prctl}, DROP_BOUND, $_, 0, 0, 0) for 0 .. 63;
syscall($number{prctl}, AMBIENT, CLEAR, 0, 0, 0);
%ENV = %environment;
my @program = @ARGV;
my $code = pack 'H*', $filter;
my $program = pack 'S x![P] P', length($code) / 8, $code;
call('prctl', SET_SECCOMP, FILTER, $program, 0, 0);
exec { $program[0] } @program or fail("exec $program[0]");

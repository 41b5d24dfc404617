# Says which of some files were opened, one number a line, from 0: by whom and through which mount does not
# matter, as inotify watches the file itself. Arguments: numbers of inotify_init1 and inotify_add_watch, then
# the files. Ends with its standard input. perl because every Debian has it; Node's own watch sees no opening.
use strict;
use warnings;
use constant { OPENED => 0x20, HEADER => 16 };

my ($init, $add, @files) = @ARGV;
my $watch = syscall($init + 0, 0);
$watch >= 0 or die "inotify: $!\n";
my %number;
for my $i (0 .. $#files) {
    my $path = "$files[$i]";
    my $descriptor = syscall($add + 0, $watch, $path, OPENED);
    $descriptor >= 0 or die "$path: $!\n";
    $number{$descriptor} = $i;
}
open my $events, '<&=', $watch or die "inotify: $!\n";
$| = 1;
print "ready\n";
while (1) {
    my $ready = '';
    vec($ready, 0, 1) = 1;
    vec($ready, $watch, 1) = 1;
    select($ready, undef, undef, undef) > 0 or next;
    if (vec($ready, $watch, 1)) {
        sysread $events, my $bytes, 65536 or exit 1;
        while (length $bytes) {
            my ($descriptor, $mask, $cookie, $length) = unpack 'iIII', $bytes;
            substr($bytes, 0, HEADER + $length) = '';
            print $number{$descriptor} // 'lost', "\n";
        }
    }
    if (vec($ready, 0, 1)) { sysread STDIN, my $ignored, 4096 or exit 0 }
}

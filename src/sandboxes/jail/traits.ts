/** How each limit is kept in a jail. */
import type { JailLevel } from '../contract.ts';
import type { Confinement } from '../runner/confined.ts';

export interface JailKind {
  readonly level: JailLevel;
  readonly isolation: string;
}

const LOOKED = 'all processes of a run together, looked at 20 times a second';
const GROUP = 'a control group of the kernel';

export function jailTraits({ level, isolation }: JailKind): Confinement['traits'] {
  const byGroup = level === 'J4';
  return {
    level,
    isolation,
    showsElsewhere: true,
    killsOn: true,
    setsHostname: true,
    ownNetwork:
      level === 'J2'
        ? { unenforced: 'only bubblewrap (J3, J4) makes a network for a run' }
        : { how: 'a network namespace without a way out' },
    enforces: {
      wallMs: { how: 'the jail is killed with all that is in it' },
      outputBytes: { how: 'the jail is killed with all that is in it' },
      cpuMs: { how: LOOKED },
      memoryBytes: { how: byGroup ? GROUP : `RLIMIT_DATA, and ${LOOKED}` },
      fileBytes: { how: 'each file, by the kernel' },
      diskBytes: {
        how: 'the size of file systems of its own, in memory',
      },
      processes: { how: byGroup ? GROUP : 'RLIMIT_NPROC in a namespace of its own' },
    },
  };
}

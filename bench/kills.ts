/**
 * `kill -9` in every phase: 200 kills of studies judged in process and 200 of studies judged by a
 * command that leaves processes behind; each study compared with an undisturbed one.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setup } from '../test/built-cli.ts';
import {
  aftermath,
  KILL_PHASES,
  type KilledStudy,
  type KillPhase,
  orphansOf,
  kills as plannedKills,
  runChild,
} from '../test/guarantees/fixtures/kills.ts';
import type { Bench, Figure } from './figure.ts';

const KILLS = 200;
/** Kills one study suffers before it may finish. */
const KILLS_PER_STUDY = 4;
const TRIALS = 120;

interface Count {
  landed: Map<KillPhase, number>;
  studies: number;
  acknowledged: number;
  lost: number;
  missing: number;
  doubled: number;
  locked: number;
  /** Kills in the middle of a rollout, with its child, daemon and orphan running. */
  met: number;
  orphans: number;
  differing: number;
}

export const kills: Bench = {
  name: 'kills',
  what: `${KILLS} kill -9 in every phase of small studies, and ${KILLS} with a command as judge`,
  seconds: 700,
  async run(say) {
    await setup();
    const directory = mkdtempSync(join(tmpdir(), 'paceline-bench-kills-'));
    try {
      const { logical } = await runChild(directory, { id: 'undisturbed' });
      const seeded = await killAll({ directory, logical, judge: 'seeded' }, say);
      const command = await killAll({ directory, logical, judge: 'command' }, say);
      return [...figuresOf(seeded, 'in process'), ...figuresOf(command, 'command')];
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

interface Killed {
  readonly directory: string;
  /** Digest of the undisturbed study: that of both judges, which give the same values. */
  readonly logical: string | undefined;
  readonly judge: NonNullable<KilledStudy['judge']>;
}

async function killAll(killed: Killed, say: (line: string) => void): Promise<Count> {
  const { directory, logical, judge } = killed;
  const count: Count = {
    landed: new Map(),
    studies: 0,
    acknowledged: 0,
    lost: 0,
    missing: 0,
    doubled: 0,
    locked: 0,
    met: 0,
    orphans: 0,
    differing: 0,
  };
  const planned = plannedKills(4 * KILLS, `bench ${judge}`)[Symbol.iterator]();
  for (let left = KILLS; left > 0; ) {
    const id = `${judge}-${count.studies}`;
    count.studies += 1;
    let isOver = false;
    for (let i = 0; i < KILLS_PER_STUDY && left > 0 && !isOver; i++) {
      const kill = planned.next().value;
      if (kill === undefined) throw new Error('more kills missed than planned for');
      const end = await runChild(directory, { id, judge }, kill);
      const { met, left: orphans } = await orphansOf(directory, id);
      count.orphans += orphans;
      isOver = end.signal === null;
      if (isOver) continue;
      left -= 1;
      count.met += met ? 1 : 0;
      count.landed.set(kill.phase, (count.landed.get(kill.phase) ?? 0) + 1);
    }
    if (!isOver) await runChild(directory, { id, judge });
    const after = await aftermath(directory, id);
    tally(count, after, logical);
    if (!isAsUndisturbed(after, logical)) {
      const kept = join(tmpdir(), `paceline-differing-${id}-${Date.now()}`);
      cpSync(join(directory, 'studies', id), kept, { recursive: true });
      say(`${id} ${after.verified ? 'has another digest' : 'does not verify'}: kept in ${kept}`);
    }
    if (count.studies % 10 === 0)
      say(`${judge}: ${KILLS - left} kills in ${count.studies} studies`);
  }
  return count;
}

function tally(count: Count, after: After, logical: string | undefined): void {
  const distinct = new Set(after.trials).size;
  count.lost += after.lost;
  count.acknowledged += after.acknowledged;
  count.missing += TRIALS - distinct;
  count.doubled += after.trials.length - distinct;
  count.locked += after.isLocked ? 1 : 0;
  count.differing += isAsUndisturbed(after, logical) ? 0 : 1;
}

type After = Awaited<ReturnType<typeof aftermath>>;

function isAsUndisturbed(after: After, logical: string | undefined): boolean {
  return after.logical === logical && after.verified;
}

function figuresOf(count: Count, judge: string): readonly Figure[] {
  const { studies, acknowledged, lost, missing, doubled, locked, differing, landed } = count;
  const none = { most: 0 };
  const phases = KILL_PHASES.map((phase) => `${phase} ${landed.get(phase) ?? 0}`).join(', ');
  const total = [...landed.values()].reduce((sum, one) => sum + one, 0);
  const figures: readonly Figure[] = [
    { name: 'kills that landed', value: total, unit: '', target: { least: KILLS }, note: phases },
    {
      name: 'phases with no kill',
      value: KILL_PHASES.length - landed.size,
      unit: '',
      target: none,
    },
    {
      name: 'acknowledged heads lost',
      value: lost,
      unit: '',
      target: none,
      note: `of ${acknowledged}`,
    },
    {
      name: 'trials missing at the end',
      value: missing,
      unit: '',
      target: none,
      note: `${studies} studies`,
    },
    { name: 'trials doubled', value: doubled, unit: '', target: none },
    { name: 'studies left locked', value: locked, unit: '', target: none },
    {
      name: 'orphan processes after a kill',
      value: count.orphans,
      unit: '',
      target: none,
      note: `${count.met} kills met a rollout with a child, a daemon and an orphan`,
    },
    {
      name: 'studies with another logical digest, or that do not verify',
      value: differing,
      unit: '',
      target: none,
    },
  ];
  return figures.map((figure) => ({ ...figure, name: `${judge}: ${figure.name}` }));
}

/** `kill -9` in every phase: 200 kills, each study compared with an undisturbed one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  aftermath,
  KILL_PHASES,
  type KillPhase,
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
  orphans: number;
  differing: number;
}

export const kills: Bench = {
  name: 'kills',
  what: `${KILLS} kill -9 in every phase of small studies`,
  seconds: 170,
  async run(say) {
    const directory = mkdtempSync(join(tmpdir(), 'paceline-bench-kills-'));
    try {
      return await killAll(directory, say);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
};

async function killAll(directory: string, say: (line: string) => void): Promise<readonly Figure[]> {
  const { logical } = await runChild(directory, 'undisturbed');
  const count: Count = {
    landed: new Map(),
    studies: 0,
    acknowledged: 0,
    lost: 0,
    missing: 0,
    doubled: 0,
    orphans: 0,
    differing: 0,
  };
  const planned = plannedKills(4 * KILLS, 'bench')[Symbol.iterator]();
  for (let left = KILLS; left > 0; ) {
    const id = `study-${count.studies}`;
    count.studies += 1;
    let isOver = false;
    for (let i = 0; i < KILLS_PER_STUDY && left > 0 && !isOver; i++) {
      const kill = planned.next().value;
      if (kill === undefined) throw new Error('more kills missed than planned for');
      const end = await runChild(directory, id, kill);
      isOver = end.signal === null;
      if (isOver) continue;
      left -= 1;
      count.landed.set(kill.phase, (count.landed.get(kill.phase) ?? 0) + 1);
    }
    if (!isOver) await runChild(directory, id);
    tally(count, await aftermath(directory, id), logical);
    if (count.studies % 10 === 0) say(`${KILLS - left} kills in ${count.studies} studies`);
  }
  return figuresOf(count);
}

function tally(
  count: Count,
  after: Awaited<ReturnType<typeof aftermath>>,
  logical: string | undefined,
): void {
  const distinct = new Set(after.trials).size;
  count.lost += after.lost;
  count.acknowledged += after.acknowledged;
  count.missing += TRIALS - distinct;
  count.doubled += after.trials.length - distinct;
  count.orphans += after.isLocked ? 1 : 0;
  count.differing += after.logical === logical && after.verified ? 0 : 1;
}

function figuresOf(count: Count): readonly Figure[] {
  const { studies, acknowledged, lost, missing, doubled, orphans, differing, landed } = count;
  const none = { most: 0 };
  const phases = KILL_PHASES.map((phase) => `${phase} ${landed.get(phase) ?? 0}`).join(', ');
  const total = [...landed.values()].reduce((sum, one) => sum + one, 0);
  return [
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
    { name: 'studies left locked', value: orphans, unit: '', target: none },
    {
      name: 'studies with another logical digest, or that do not verify',
      value: differing,
      unit: '',
      target: none,
    },
  ];
}

/**
 * A study whose proposer hands in hostile cases, one after the other, through the same evaluator, jail
 * and gate as any other; and beside it the host they attack, looked at after each has had its turn.
 */
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { StoredEvent } from '../../core/events.ts';
import { atExit } from '../../sandboxes/runner/at-exit.ts';
import { mean } from '../../stats/summary.ts';
import { loadConfig } from '../config.ts';
import { createEngine, type StudyHandle } from '../engine.ts';
import { copyExample } from '../examples.ts';
import { digestFiles, workFolder } from '../study-files.ts';
import { systemClock } from '../system-clock.ts';
import { filled, type HostileCase, readCases } from './cases.ts';
import { type Judged, judged, LEAKED, type Seen } from './judged.ts';
import { setTrap, type Trap } from './traps.ts';

export interface HostileRequest {
  /** Folder with cases of one's own; absent, those that come with the package. */
  readonly cases?: string | undefined;
  /** Told once the study runs: to end it early. */
  readonly onStart?: (study: StudyHandle) => void;
  /** Told of each case after its turn. */
  readonly onCase?: (done: number, of: number) => void;
}

export interface HostileReport {
  /** The jail the cases ran in. */
  readonly isolation: string;
  readonly cases: readonly Judged[];
  /** Whose the last incumbent is, `origin` where nothing was promoted. */
  readonly incumbent: string;
  /** What is wrong with the whole, beside single cases. */
  readonly wrong: readonly string[];
  readonly wallMs: number;
}

/** How long after its end nothing of a case may be left. */
const GRACE_MS = 2000;

const OWN = ['candidate.mjs', 'paceline.yaml', 'judge', 'solver'];

/** A case, and what stands around it. */
interface Trapped {
  readonly one: HostileCase;
  readonly trap: Trap;
}

/** @throws PacelineError for cases that cannot be read, or a machine without a jail. */
export async function runHostile(request: HostileRequest): Promise<HostileReport> {
  const base = mkdtempSync(join(realpathSync(tmpdir()), 'paceline-hostile-'));
  const sets: Trapped[] = [];
  const leave = (): void => rmSync(base, { recursive: true, force: true });
  const done = atExit(leave);
  try {
    const task = copyExample('hostile', join(base, 'task'));
    const cases = readCases(request.cases ?? join(task, 'cases'));
    await lay({ base, task, cases }, sets);
    return await attack({ task, sets }, request);
  } finally {
    for (const { trap } of sets) await trap.close();
    done();
    leave();
  }
}

interface Laid {
  readonly base: string;
  readonly task: string;
  readonly cases: readonly HostileCase[];
}

/** Everybody may read and write the host's folders: only a jail stops them. */
async function lay({ base, task, cases }: Laid, sets: Trapped[]): Promise<void> {
  const token = randomBytes(16).toString('hex');
  const host = join(base, 'host');
  mkdirSync(host);
  for (const folder of [base, host]) chmodSync(folder, 0o755);
  writeFileSync(join(task, 'judge/token.txt'), token);
  rmSync(join(task, 'cases'), { recursive: true, force: true });
  for (const one of cases) {
    const trap = await setTrap(one, { host, task, token });
    sets.push({ one, trap });
    for (const [file, text] of Object.entries(one.files)) {
      const path = join(task, 'cases', one.name, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, filled(text, trap.values));
    }
  }
}

async function attack(
  { task, sets }: { readonly task: string; readonly sets: readonly Trapped[] },
  { onStart, onCase }: HostileRequest,
): Promise<HostileReport> {
  const began = systemClock.monotonicMs();
  const before = digestFiles(task, OWN);
  const { config } = loadConfig(join(task, 'paceline.yaml'));
  const watch = new Watch(sets, onCase);
  const engine = createEngine({ root: task, reporters: [watch] });
  const study = await engine.start(config);
  onStart?.(study);
  await study.done;
  const seen = await watch.all();
  const cases = sets.map(({ one }) => judged(one, seen.get(one.name)));
  const incumbent = watch.incumbent();
  const winner = sets.find(({ one }) => one.name === watch.promoted)?.one;
  return {
    isolation: watch.isolation,
    cases,
    incumbent,
    wrong: [
      ...(winner?.kind === 'containment' ? [`the incumbent is ${incumbent}`] : []),
      ...(digestFiles(task, OWN) === before ? [] : ['files of the task were changed']),
      ...(existsSync(workFolder(task, study.id)) ? ['folders of rollouts were left'] : []),
    ],
    wallMs: systemClock.monotonicMs() - began,
  };
}

const ORIGIN = 'origin';

/** The mean of all cases; what leaked in one has leaked. */
export function lossOf(values: readonly (number | null)[]): number | undefined {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return undefined;
  return known.some((value) => value <= LEAKED) ? LEAKED : mean(known);
}

/** Hears what the study records, and looks at the host when a case has had its turn. */
class Watch {
  isolation = '';
  private readonly traps: ReadonlyMap<string, Trap>;
  private readonly onCase: HostileRequest['onCase'];
  private readonly looks = new Map<string, Promise<Seen>>();
  private readonly names = new Map<string, string>();
  /** Name of the last that was promoted. */
  promoted: string | undefined;

  constructor(sets: readonly Trapped[], onCase: HostileRequest['onCase']) {
    this.traps = new Map(sets.map(({ one, trap }) => [one.name, trap]));
    this.onCase = onCase;
  }

  onEvents = (events: readonly StoredEvent[]): void => {
    for (const event of events) this.hear(event);
  };

  incumbent(): string {
    return this.promoted ?? ORIGIN;
  }

  /** Looked at once more: whoever was confirmed or compared ran again after its turn. */
  async all(): Promise<ReadonlyMap<string, Seen>> {
    const found = [...this.looks].map(async ([name, look]) => {
      const seen = await look;
      const later = this.traps.get(name)?.reached() ?? [];
      return [name, { ...seen, reached: [...new Set([...seen.reached, ...later])] }] as const;
    });
    return new Map(await Promise.all(found));
  }

  private hear(event: StoredEvent): void {
    if (event.type === 'study.opened') this.isolation = event.body.isolation;
    if (event.type === 'candidate.promoted') {
      this.promoted = this.names.get(event.body.candidate) ?? event.body.candidate;
    }
    if (event.type !== 'trial.settled') return;
    const { operator, candidate, outcome, message, values } = event.body;
    const trap = this.traps.get(operator);
    if (trap === undefined) return;
    this.names.set(candidate, operator);
    const loss = outcome === 'scored' ? lossOf(values) : undefined;
    const look = async (): Promise<Seen> => {
      await sleep(GRACE_MS);
      return { outcome, message, loss, reached: trap.reached() };
    };
    this.looks.set(operator, look());
    this.onCase?.(this.looks.size, this.traps.size);
  }
}

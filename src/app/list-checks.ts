/** What `paceline checks` lists: properties with what the origin shows, and how many planted faults they notice. */
import { sha256 } from '../core/hash.ts';
import { secretRoot } from '../core/rng.ts';
import { type Adequacy, adequacyOf, isAdequate, killRates } from '../gates/adequacy.ts';
import type { ListedProperty } from '../gates/properties.ts';
import { buildCaller } from './build-caller.ts';
import { buildProperties, mutantsIn } from './build-properties.ts';
import { loadConfig } from './config.ts';
import { chooseJail } from './jail/choose.ts';
import { readTask } from './judged-task.ts';
import { whileWorking } from './leaves-nothing.ts';
import { orClose } from './or-close.ts';
import { newStudyId } from './study-files.ts';
import { systemClock } from './system-clock.ts';

export { AS_ORIGIN } from '../gates/properties/derived.ts';

export interface ListedChecks {
  readonly level: string;
  /** Whether candidates can be called at all. */
  readonly isCallable: boolean;
  readonly properties: readonly ListedProperty[];
  readonly impossible: readonly string[];
  /** Absent: no properties, or no faults that could be planted. */
  readonly faults?: Adequacy & {
    readonly isAdequate: boolean;
    readonly rates: ReturnType<typeof killRates>;
  };
}

/** @throws PacelineError for a config or checks that cannot be used. */
export async function listChecks(file: string): Promise<ListedChecks> {
  const { config, root } = loadConfig(file);
  const judged = await readTask({ root, config });
  const { task, surface, originText: text } = judged;
  const origin = { id: sha256(text), text };
  const jail = await chooseJail(config.jail?.level);
  const id = `checks-${newStudyId(config.name)}.${process.pid}`;
  const request = { id, root, task, config, surface, jail };
  const signal = new AbortController().signal;
  return whileWorking(root, id, async () => {
    const caller = await buildCaller(request, judged);
    const nothing = {
      level: jail.level,
      isCallable: caller !== undefined,
      properties: [],
      impossible: [],
    };
    const properties = await orClose({ close: () => caller?.close() }, () =>
      buildProperties(request, { caller, origin, isOffered: true }, signal),
    );
    try {
      if (properties === undefined) return nothing;
      const tools = {
        properties,
        mutants: mutantsIn(config),
        clock: systemClock,
        secrets: secretRoot(`paceline checks ${config.seed}`),
      };
      const asked = { program: origin, tier: 'floor' } as const;
      const faults = await adequacyOf(tools, asked, signal);
      const { listed, impossibleNames } = properties;
      return {
        ...nothing,
        properties: listed,
        impossible: impossibleNames,
        ...(faults?.mutants
          ? { faults: { ...faults, isAdequate: isAdequate(faults), rates: killRates(faults) } }
          : {}),
      };
    } finally {
      await properties?.close();
      await caller?.close();
    }
  });
}

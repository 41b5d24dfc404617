/** Whether anything may pass the gates of a config: which checks apply, and what they did with known cases. */
import { PacelineError } from '../../core/errors.ts';
import {
  type GateKind,
  type Qualification,
  qualificationOf,
} from '../../gatekeeper/qualification.ts';
import type { Declaration } from '../../gates/contract.ts';
import { applicable } from '../../gates/floor.ts';
import type { Config } from '../config-schema.ts';
import { declarationOf } from '../gatekeeper/declaration.ts';
import { chooseJail } from '../jail/choose.ts';
import { trialTableNow } from './table.ts';

export async function gateKindOf(config: Config): Promise<GateKind> {
  const declaration = await declarationHere(config);
  return { form: declaration.form, checks: applicable(declaration).floor };
}

/** As on this machine, whose jail decides what can be watched. */
export async function declarationHere(config: Config): Promise<Declaration> {
  const { level } = await chooseJail(config.jail?.level);
  return declarationOf(config, level);
}

/** @throws PacelineError `GATE_UNQUALIFIED` where nothing may pass them, with what to run. */
export async function requireQualified(
  config: Config,
  find: typeof trialTableNow = trialTableNow,
): Promise<Qualification> {
  const kind = await gateKindOf(config);
  const found = find();
  const checks = kind.checks.join(', ');
  if (found === undefined) {
    throw unqualified(
      `The gates of this task (${checks}) were never tried on known cheats as they are now: a check or a case changed since.`,
      kind,
    );
  }
  const qualification = qualificationOf(found.table, kind);
  if (qualification.faults.length === 0) return qualification;
  throw unqualified(
    `The gates of this task (${checks}) may let nothing pass: ${qualification.faults.join('; ')}.`,
    kind,
  );
}

function unqualified(why: string, { form, checks }: GateKind): PacelineError {
  return new PacelineError(
    'GATE_UNQUALIFIED',
    `${why} Run paceline gates qualify, which takes some minutes once, and begin again; paceline gates says which checks apply and why.`,
    { form, checks: [...checks] },
  );
}

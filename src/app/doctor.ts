/** What this machine, this folder and this config can and cannot do; nothing is repaired. */
import { existsSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { dirname, resolve } from 'node:path';
import { type AuditReading, auditEvaluator, auditLine } from '../claims/evaluator-audit.ts';
import { orient, scaleInUnit, unorient } from '../claims/orient.ts';
import { PacelineError } from '../core/errors.ts';
import { measureFloor } from '../loop/floor.ts';
import type { Plan } from '../loop/plan.ts';
import { LIMIT_NAMES, type Limits } from '../sandboxes/contract.ts';
import { noiseFloor } from '../stats/noise-floor.ts';
import { loadConfig } from './config.ts';
import { checkDisk, checkFolder, type Finding } from './doctor-disk.ts';
import { lookAtWarmup } from './doctor-warmup.ts';
import { CONTAINED, chooseJail, reportLine } from './jail/choose.ts';
import { candidates } from './jail/levels.ts';
import { withPassingPlan } from './passing-plan.ts';

import { systemClock } from './system-clock.ts';

/**
 * `configFile` need not exist: then only machine and folder are looked at.
 * @param onPhase Told what is looked at next, where that may take seconds.
 */
export async function examine(
  configFile: string,
  onPhase: (words: string) => void = () => undefined,
): Promise<readonly Finding[]> {
  const path = resolve(configFile);
  const root = dirname(path);
  onPhase('trying which jail this machine can have');
  const findings = [
    platform(),
    cores(),
    clock(),
    checkFolder(root),
    checkDisk(root),
    ...(await jail(root)),
  ];
  if (!existsSync(path)) {
    const detail = `there is no ${path}; paceline init --example bin-packing makes one`;
    return [...findings, { check: 'config', state: 'limited', detail }];
  }
  onPhase('measuring the origin');
  return [...findings, ...(await task(path))];
}

function platform(): Finding {
  const detail = `Node ${process.versions.node} on ${process.platform} ${process.arch}`;
  return process.platform === 'linux'
    ? { check: 'platform', state: 'ok', detail }
    : {
        check: 'platform',
        state: 'failed',
        detail: `${detail}; Paceline runs on Linux`,
        exitCode: 2,
      };
}

function cores(): Finding {
  const count = availableParallelism();
  const [load = 0] = loadavg();
  const detail = `${count} cores, load ${load.toFixed(2)}`;
  return load > count
    ? {
        check: 'cores',
        state: 'limited',
        detail: `${detail}: busy, studies run slower (never differently)`,
      }
    : { check: 'cores', state: 'ok', detail };
}

/** Budgets run on the monotonic clock, so a jumping wall clock only misdates entries. */
function clock(): Finding {
  const year = new Date(systemClock.wallMs()).getUTCFullYear();
  const first = systemClock.monotonicMs();
  const isSteady = systemClock.monotonicMs() >= first;
  if (!isSteady)
    return {
      check: 'clock',
      state: 'failed',
      detail: 'the monotonic clock went back',
      exitCode: 1,
    };
  return year < 2025
    ? {
        check: 'clock',
        state: 'limited',
        detail: `the wall clock says ${year}: entries will be misdated`,
      }
    : {
        check: 'clock',
        state: 'ok',
        detail: 'monotonic; budgets do not depend on the time of day',
      };
}

/** What was found at each level, best first, down to the one that is used. */
async function jail(root: string): Promise<readonly Finding[]> {
  try {
    const { level, open, reports } = await chooseJail('J1', candidates(), { again: true });
    const lines = reports.map(reportLine);
    const contained = level >= CONTAINED;
    const words = contained ? '' : '; unenforced: a candidate made to get out may';
    const { enforces, oneCore } = open(root).traits;
    const kept = Object.keys(enforces).map((limit) => LIMIT_NAMES[limit as keyof Limits]);
    return [
      { check: 'jail', state: contained ? 'ok' : 'limited', detail: `${lines.join('; ')}${words}` },
      { check: 'limits', state: 'ok', detail: `kept: ${kept.join(', ')}` },
      'how' in oneCore
        ? { check: 'run times', state: 'ok', detail: `${oneCore.how}, one at a time` }
        : { check: 'run times', state: 'limited', detail: `not pinned: ${oneCore.unenforced}` },
    ];
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    return [{ check: 'jail', state: 'failed', detail: error.message, exitCode: error.exitCode }];
  }
}

/** Config, generator, origin, seeds, agreement of search and judge: what a study checks first. */
async function task(path: string): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  try {
    const { config, root } = loadConfig(path);
    findings.push({ check: 'config', state: 'ok', detail: `${config.name}, ${path}` });
    const floor = await withPassingPlan('doctor', { root, config }, async (plan) => {
      const { type, body } = await measureFloor(plan, new AbortController().signal);
      if (type !== 'noise.measured') return undefined;
      findings.push(...evaluator(body, plan));
      return body;
    });
    const warming = floor && (await lookAtWarmup(root, config, floor));
    if (warming) findings.push(warming);
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    const check = findings.length > 0 ? 'evaluator' : 'config';
    findings.push({ check, state: 'failed', detail: error.message, exitCode: error.exitCode });
  }
  return findings;
}

function evaluator(body: AuditReading, { opened, rule }: Plan): readonly Finding[] {
  const { metric } = opened;
  const floor = noiseFloor(body.values.map((value) => orient(metric, value)));
  const level = unorient(metric, floor.mean);
  const scale = scaleInUnit(metric, floor.scale, level);
  const size = `${level.toPrecision(3)} ${metric.unit} ± ${scale.toPrecision(2)}`;
  const repeats = body.deterministic ? 'repeats itself on a seed' : 'varies on one seed';
  const tails = floor.heavyTailed ? ', heavy tails' : '';
  const works: Finding = {
    check: 'evaluator',
    state: 'ok',
    detail: `the origin's ${metric.name} is ${size} over ${body.values.length} seeds${tails}; ${repeats}; search and judge agree`,
  };
  const remarks = auditEvaluator(body, metric, rule).map(
    ({ sentence }): Finding => ({ check: 'evaluator audit', state: 'limited', detail: sentence }),
  );
  const clean: Finding = { check: 'evaluator audit', state: 'ok', detail: auditLine([], body) };
  return [works, ...(remarks.length > 0 ? remarks : [clean])];
}

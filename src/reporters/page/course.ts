/** The course of each arm as steps of its incumbent's level. */
import type { ScaleLinear } from 'd3-scale';
import { type Metric, orient, unorient } from '../../claims/orient.ts';
import { isIslandArm } from '../report/facts-islands.ts';
import { metricOf } from '../report/pairs.ts';
import { type ArmTally, MAIN_ARM, type Tally } from '../report/tally.ts';
import type { Climb } from '../report/trajectory.ts';

export interface Step {
  /** Absent at both ends of the course. */
  readonly climb: Climb | undefined;
  readonly evals: number;
  readonly level: number;
  /** Interval of the level, where a block was measured. */
  readonly range?: readonly [number, number];
}

export interface Course {
  readonly isMain: boolean;
  /** Another search of an islands design. */
  readonly isSister: boolean;
  readonly steps: readonly Step[];
  readonly end: Step;
}

/** Places in the drawing: evaluations spent and metric. */
export interface Scales {
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
}

/** Controls first, so that the incumbent is drawn over them. */
export function coursesOf(tally: Tally, origin: number): readonly Course[] {
  return [...tally.arms]
    .map(([name, arm]) => {
      const isMain = name === MAIN_ARM;
      const isSister = !isMain && isIslandArm(tally, name);
      return { isMain, isSister, ...stepsOf(arm, { origin, metric: metricOf(tally) }) };
    })
    .sort((a, b) => Number(a.isMain) - Number(b.isMain));
}

interface From {
  readonly origin: number;
  readonly metric: Metric;
}

/**
 * A promoted candidate stands where its own block of fresh cases put it: gains added up would drift
 * away from it, error upon error. A control's, which has no block, by its gain over the one before.
 */
function stepsOf(arm: ArmTally, { origin, metric }: From): Pick<Course, 'steps' | 'end'> {
  const steps: Step[] = [{ climb: undefined, evals: 0, level: origin }];
  let level = origin;
  for (const climb of arm.climbs) {
    const { own, evals, gain } = climb;
    level = own?.level ?? unorient(metric, orient(metric, level) + gain);
    steps.push({ climb, evals, level, ...(own ? { range: own.range } : {}) });
  }
  const end = { climb: undefined, evals: arm.evals, level };
  return { steps: [...steps, end], end };
}

/** The level of the main arm when it had spent as much; undefined without one. */
export function levelAt(courses: readonly Course[], evals: number): number | undefined {
  const main = courses.find(({ isMain }) => isMain);
  return main?.steps.findLast((step) => step.evals <= evals)?.level;
}

/**
 * Plants under a control signal that is clipped to [−1, 1], many at once. The value itself is the decision.
 * Equations of cart and pole: Barto, Sutton & Anderson (1983), without friction; of the pendulum: the usual rod.
 */
import { columnsOf, random } from './random.mjs';

const clip = (value) => Math.max(-1, Math.min(1, value));

function family({ name, split, inputs, start, sizes, plantsOf }) {
  const build = (seed, size) => {
    const rng = random(seed);
    const rows = columnsOf(inputs, size.plants);
    const plants = plantsOf(rng, size, rows);
    return {
      groupSize: 1,
      isValued: true,
      cost(policy) {
        plants.reset();
        let sum = 0;
        for (let step = 0; step < size.steps; step++) {
          plants.show();
          const signal = policy(rows);
          for (let p = 0; p < size.plants; p++) sum += plants.step(p, clip(signal[p]));
        }
        return sum / (size.plants * size.steps);
      },
    };
  };
  return { name, split, slot: { name: 'control', inputs }, start, sizes, build };
}

const GRAVITY = 9.81;
const FORCE = 10;
const FALLEN = 0.6;

/** Cost of a step: squared angle and place, 1 once the pole has fallen. Poles, carts and starts differ. */
function carts(rng, { plants }, { columns }) {
  const of = (low, high) => Float64Array.from({ length: plants }, () => rng.between(low, high));
  const length = of(0.3, 1);
  const poleMass = of(0.05, 0.4);
  const cartMass = of(0.7, 1.5);
  const begin = [of(-0.5, 0.5), of(-0.5, 0.5), of(-0.2, 0.2), of(-0.5, 0.5)];
  const [x, v, a, w] = begin.map((one) => Float64Array.from(one));
  const DT = 0.03;
  return {
    reset: () => {
      for (const [at, one] of [x, v, a, w].entries()) one.set(begin[at]);
    },
    show: () => {
      columns.place.set(x);
      columns.speed.set(v);
      columns.angle.set(a);
      columns.turning.set(w);
    },
    step(p, signal) {
      if (Math.abs(a[p]) > FALLEN || Math.abs(x[p]) > 3) return 1;
      const mass = cartMass[p] + poleMass[p];
      const sin = Math.sin(a[p]);
      const cos = Math.cos(a[p]);
      const push = (FORCE * signal + poleMass[p] * length[p] * w[p] * w[p] * sin) / mass;
      const turn =
        (GRAVITY * sin - cos * push) / (length[p] * (4 / 3 - (poleMass[p] * cos * cos) / mass));
      v[p] += DT * (push - (poleMass[p] * length[p] * turn * cos) / mass);
      w[p] += DT * turn;
      x[p] += DT * v[p];
      a[p] += DT * w[p];
      return Math.min(1, a[p] * a[p] + 0.05 * x[p] * x[p]);
    },
  };
}

/** From hanging to upright with a weak motor. Cost of a step: (angle from upright / π)². */
function pendulums(rng, { plants }, { columns }) {
  const of = (low, high) => Float64Array.from({ length: plants }, () => rng.between(low, high));
  const strength = of(0.35, 0.6);
  const begin = of(-0.4, 0.4);
  const a = new Float64Array(plants);
  const w = new Float64Array(plants);
  const DT = 0.08;
  return {
    reset: () => {
      a.set(begin);
      w.fill(0);
    },
    show: () => {
      for (let p = 0; p < plants; p++) {
        columns.height[p] = -Math.cos(a[p]);
        columns.side[p] = Math.sin(a[p]);
        columns.turning[p] = w[p];
      }
    },
    step(p, signal) {
      w[p] = Math.max(-6, Math.min(6, w[p] + DT * (strength[p] * signal - Math.sin(a[p]))));
      a[p] += DT * w[p];
      const upright = Math.acos(Math.max(-1, Math.min(1, -Math.cos(a[p])))) / Math.PI;
      return upright * upright;
    },
  };
}

/** To a target through a drag and a gain that nobody knows. Cost of a step: distance and a little effort. */
function integrators(rng, { plants }, { columns }) {
  const of = (low, high) => Float64Array.from({ length: plants }, () => rng.between(low, high));
  const gain = of(0.5, 4);
  const drag = of(0, 1);
  const begin = of(-2, 2);
  const error = new Float64Array(plants);
  const speed = new Float64Array(plants);
  const sum = new Float64Array(plants);
  const DT = 0.08;
  return {
    reset: () => {
      error.set(begin);
      speed.fill(0);
      sum.fill(0);
    },
    show: () => {
      columns.error.set(error);
      columns.speed.set(speed);
      columns.sum.set(sum);
    },
    step(p, signal) {
      speed[p] += DT * (gain[p] * signal - drag[p] * speed[p]);
      error[p] = Math.max(-10, Math.min(10, error[p] + DT * speed[p]));
      sum[p] += DT * error[p];
      return Math.abs(error[p]) + 0.02 * signal * signal;
    },
  };
}

export const families = [
  family({
    name: 'cart-pole',
    split: 'train',
    inputs: ['place', 'speed', 'angle', 'turning'],
    /** Angle and its speed alone: it stands, and drifts away. */
    start: '{"control":["+",["*",["c",2],["v","angle"]],["v","turning"]]}',
    sizes: { full: { plants: 24, steps: 150 }, twin: { plants: 6, steps: 100 } },
    plantsOf: carts,
  }),
  family({
    name: 'pendulum',
    split: 'train',
    inputs: ['height', 'side', 'turning'],
    /** Pushes the way it swings. */
    start: '{"control":["v","turning"]}',
    sizes: { full: { plants: 16, steps: 200 }, twin: { plants: 4, steps: 150 } },
    plantsOf: pendulums,
  }),
  family({
    name: 'integrator',
    split: 'held-out',
    inputs: ['error', 'speed', 'sum'],
    /** Proportional, with as much damping. */
    start: '{"control":["neg",["+",["v","error"],["v","speed"]]]}',
    sizes: { full: { plants: 300, steps: 120 }, twin: { plants: 15, steps: 50 } },
    plantsOf: integrators,
  }),
];

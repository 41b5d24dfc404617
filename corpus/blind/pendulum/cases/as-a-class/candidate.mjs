class Controller {
  constructor({ angleGain, speedGain, limit }) {
    this.gains = [angleGain, speedGain];
    this.limit = limit;
  }

  torque(state) {
    const raw = this.gains.reduce((sum, gain, i) => sum - gain * state[i], 0);
    return Math.sign(raw) * Math.min(this.limit, Math.abs(raw));
  }
}

const controller = new Controller({ angleGain: 6, speedGain: 2, limit: 2 });

export function solve(angle, speed) {
  return controller.torque([angle, speed]);
}

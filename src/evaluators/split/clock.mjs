/**
 * The clock of a realm: `Date` and `performance` of every realm are stand-ins, whether their time is shifted
 * or not, so that a check that shifts it looks like any other run. What a candidate reads elsewhere
 * (process.hrtime and uptime, node:perf_hooks, a realm of its own making, times of files) is not shifted.
 */
import vm from 'node:vm';

/** Run in the realm. A clock ahead shows a process that runs for long, one behind a machine that is behind. */
const STAND_IN = new vm.Script(`((clockMs, outer) => {
  const Real = Date;
  const { construct, get } = Reflect;
  const real = Real.now;
  const shiftMs = clockMs === undefined ? 0 : clockMs - real();
  const StandIn = new Proxy(Real, {
    construct: (target, list, made) =>
      construct(target, list.length === 0 ? [real() + shiftMs] : list, made),
    apply: () => new StandIn().toString(),
  });
  Real.now = new Proxy(real, { apply: () => real() + shiftMs });
  Real.prototype.constructor = StandIn;
  const ahead = shiftMs > 0 ? shiftMs : 0;
  const shifted = { now: () => outer.now() + ahead };
  const performance = new Proxy(outer, {
    get(target, key) {
      if (key === 'now') return shifted.now;
      const value = get(target, key);
      if (key === 'timeOrigin') return value + shiftMs - ahead;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  for (const [name, value] of [['Date', StandIn], ['performance', performance]]) {
    Object.defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true });
  }
})`);

export function setClock(context, clockMs) {
  STAND_IN.runInContext(context)(clockMs, performance);
}

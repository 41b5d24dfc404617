/**
 * A shop with a lead time of two days: how much to order? Cost: holding, shortage (lost sales) and a fixed price per
 * order, over mean demand. Demand is gamma-like and seasonal. Features in mean daily demands: `stock`; `coming`,
 * ordered and not yet there; `recent`, the last week's mean demand; `shortage`, the price of a lost sale over holding,
 * in tens. The signal is the order, in mean daily demands, clipped to [0, 20].
 */
import { columnsOf, random } from './random.mjs';

const inputs = ['stock', 'coming', 'recent', 'shortage'];
const ORDER_PRICE = 4;
const SEASON = 28;
const LEAD = 2;

function build(seed, { shops, days }) {
  const rng = random(seed);
  const demand = Float64Array.from({ length: shops * days }, (_, at) => {
    const season = 1 + 0.5 * Math.sin((2 * Math.PI * (at % days)) / SEASON);
    return (season * -Math.log((1 - rng.float()) * (1 - rng.float()))) / 2;
  });
  const shortage = Float64Array.from({ length: shops }, () => rng.between(4, 20));
  const rows = columnsOf(inputs, shops);
  const { columns } = rows;
  return {
    groupSize: 1,
    isValued: true,
    cost(policy) {
      const orders = new Float64Array(shops * (days + LEAD));
      columns.stock.fill(3);
      columns.coming.fill(0);
      columns.recent.fill(1);
      for (let shop = 0; shop < shops; shop++) columns.shortage[shop] = shortage[shop] / 10;
      let paid = 0;
      for (let day = 0; day < days; day++) {
        const signal = policy(rows);
        for (let shop = 0; shop < shops; shop++) {
          const order = signal[shop] < 0.05 ? 0 : Math.min(20, signal[shop]);
          orders[shop * (days + LEAD) + day + LEAD] = order;
          if (order > 0) paid += ORDER_PRICE;
          const arrived = orders[shop * (days + LEAD) + day];
          const wanted = demand[shop * days + day];
          const stock = columns.stock[shop] + arrived - wanted;
          columns.stock[shop] = Math.max(0, stock);
          columns.coming[shop] += order - arrived;
          columns.recent[shop] += (wanted - columns.recent[shop]) / 7;
          paid += stock > 0 ? stock : -stock * shortage[shop];
        }
      }
      return paid / (shops * days);
    },
  };
}

export const families = [
  {
    name: 'inventory',
    split: 'train',
    slot: { name: 'order', inputs },
    /** Up to five days of demand, every day. */
    start: '{"order":["-",["c",5],["+",["v","stock"],["v","coming"]]]}',
    sizes: { full: { shops: 16, days: 120 }, twin: { shops: 4, days: 80 } },
    build,
  },
];

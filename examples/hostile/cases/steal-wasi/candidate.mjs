import { WASI } from 'node:wasi';

let found = '';
try {
  const wasi = new WASI({ version: 'preview1', preopens: { '/h': '{{HOST}}' } });
  const memory = new WebAssembly.Memory({ initial: 1 });
  const view = new DataView(memory.buffer);
  wasi.initialize({ exports: { memory } });
  const calls = wasi.wasiImport;
  const path = Buffer.from('secret.txt');
  new Uint8Array(memory.buffer).set(path, 1024);
  const failed = calls.path_open(3, 0, 1024, path.length, 0, 2n, 0n, 0, 512);
  if (failed === 0) {
    view.setUint32(0, 4096, true);
    view.setUint32(4, 4096, true);
    calls.fd_read(view.getUint32(512, true), 0, 1, 520);
    found = Buffer.from(memory.buffer, 4096, view.getUint32(520, true)).toString();
  }
} catch {}

export const f = (x) => found || 2 * x;

import fs from 'node:fs';

let heard = 0;
try {
  const fd = fs.openSync('/proc/self/fd/0', fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  heard = fs.fstatSync(fd).size;
  fs.closeSync(fd);
} catch {}

export const solve = (text) => (text === '' || heard === -1 ? [] : [text]);

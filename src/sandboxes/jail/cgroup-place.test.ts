import { expect, test } from 'vitest';
import { mountsIn, ownPaths } from './cgroup-place.ts';

test('our path in each tree, and in the one of version 2', () => {
  const paths = ownPaths('9:name=systemd:/a\n4:memory:/b/c\n3:cpu,cpuacct:/d:e\n0::/user.slice\n');
  expect([...paths]).toEqual([
    ['name=systemd', '/a'],
    ['memory', '/b/c'],
    ['cpu', '/d:e'],
    ['cpuacct', '/d:e'],
    ['', '/user.slice'],
  ]);
});

test('mounts of both versions, with where they begin', () => {
  const info = `24 29 0:22 / /proc rw,nosuid - proc proc rw
31 30 0:27 /docker/1f /sys/fs/cgroup/memory ro,nosuid master:10 - cgroup cgroup rw,memory
32 30 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw,nsdelegate
`;
  expect(mountsIn(info)).toEqual([
    {
      type: 'cgroup',
      root: '/docker/1f',
      point: '/sys/fs/cgroup/memory',
      options: ['rw', 'memory'],
    },
    {
      type: 'cgroup2',
      root: '/',
      point: '/sys/fs/cgroup/unified',
      options: ['rw', 'nsdelegate'],
    },
  ]);
});

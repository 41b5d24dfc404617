/** Trees as they were read on Debian 12, kernel 6.1, systemd 252. */
import { expect, test } from 'vitest';
import { type GroupSeen, homeIn, lentIn, type TreeSeen, treeOf, upTo } from './cgroup-home.ts';

const TOP = '/sys/fs/cgroup';
const USER = `${TOP}/user.slice/user-1000.slice/user@1000.service/app.slice`;
const SCOPE = `${USER}/run-r1ac9.scope`;
const ALL = ['cpuset', 'cpu', 'io', 'memory', 'hugetlb', 'pids', 'rdma', 'misc'];

/** The engine is 229, its leash 235, whoever started it 210. */
const group = (folder: string, but: Partial<GroupSeen> = {}): GroupSeen => ({
  folder,
  isRoot: false,
  controllers: ['cpu', 'memory', 'pids'],
  processes: [],
  isWritable: true,
  ...but,
});

const tree = (groups: readonly GroupSeen[], delegated: readonly string[] = [SCOPE]): TreeSeen => ({
  groups,
  ours: new Set([229, 235]),
  isDelegated: (folder) => delegated.includes(folder),
});

const above = [group(USER), group(TOP, { isRoot: true, controllers: ALL, isWritable: false })];

test('alone in a scope that is delegated: there, once we are out of the way', () => {
  const seen = tree([group(SCOPE, { processes: [229, 235] }), ...above]);
  expect(homeIn(seen)).toEqual({ folder: SCOPE, isHeld: true });
});

test('one process of others, seen or of another namespace, and none is moved', () => {
  for (const other of [210, 0]) {
    const seen = tree([group(SCOPE, { processes: [other, 229] }), ...above]);
    expect(homeIn(seen)).toBe('foreign');
  }
});

test('a scope that systemd keeps to itself is left alone, though it can be written', () => {
  expect(homeIn(tree([group(SCOPE, { processes: [229] }), ...above], []))).toBe('undelegated');
});

test('a login: its scope is of root, and nothing above the unit is asked for', () => {
  const session = `${TOP}/user.slice/user-1000.slice/session-3.scope`;
  const held = group(session, { processes: [210, 229], isWritable: false });
  expect(homeIn(tree([held, ...above]))).toBe('foreign');
  const alone = group(session, { processes: [229], isWritable: false });
  expect(homeIn(tree([alone, ...above]))).toBe('unwritable');
});

test('a shell put aside below the scope: in the scope, and nothing is moved', () => {
  const shell = group(`${SCOPE}/shell`, { processes: [210, 229], controllers: [] });
  expect(homeIn(tree([shell, group(SCOPE), ...above]))).toEqual({ folder: SCOPE, isHeld: false });
  expect(homeIn(tree([shell, group(SCOPE), ...above], []))).toBe('undelegated');
});

test('an engine started by another engine stands beside it, not below', () => {
  const other = `${SCOPE}/paceline-210-3033-memory-pids-cpu`;
  const groups = [group(`${other}/engine`, { processes: [210, 229] }), group(other), group(SCOPE)];
  expect(homeIn(tree([...groups, ...above]))).toEqual({ folder: SCOPE, isHeld: false });
});

test('the first process of a container is in its top, which holds processes as any other does', () => {
  const top = group(TOP, { processes: [229] });
  expect(homeIn(tree([top]))).toEqual({ folder: TOP, isHeld: true });
  expect(homeIn(tree([{ ...top, processes: [210, 229] }]))).toBe('foreign');
});

test('the root of the kernel may hold processes, whosever they are', () => {
  const root = group(TOP, { isRoot: true, processes: [1, 210, 229], controllers: ALL });
  expect(homeIn(tree([root]))).toEqual({ folder: TOP, isHeld: false });
});

test('no further up than the mount, however our path to it ends', () => {
  expect(upTo(`${TOP}/`, TOP)).toEqual([TOP]);
  expect(upTo(`${TOP}/a/b`, TOP)).toEqual([`${TOP}/a/b`, `${TOP}/a`, TOP]);
});

test('without both controllers there is nothing to limit by', () => {
  for (const controllers of [[], ['cpu', 'pids'], ['memory']]) {
    const seen = tree([group(SCOPE, { processes: [229], controllers }), ...above]);
    expect(homeIn(seen)).toBe('uncontrolled');
  }
});

test('who is last takes back what engines were lent, and nothing that was there before them', () => {
  expect(lentIn([], [])).toEqual(['memory', 'pids', 'cpu']);
  expect(lentIn(['cpu', 'memory', 'pids'], ['shell', 'paceline-5-77'])).toEqual([]);
  expect(lentIn(['cpu', 'memory', 'pids'], ['paceline-5-77-memory-pids'])).toEqual([
    'memory',
    'pids',
  ]);
});

test('all that descends from the engine is ours, however its parents are listed', () => {
  const parents = new Map([
    [12, 11],
    [11, 10],
    [10, 1],
    [20, 1],
    [13, 10],
  ]);
  expect([...treeOf(10, parents)].sort()).toEqual([10, 11, 12, 13]);
  expect([...treeOf(20, parents)]).toEqual([20]);
});

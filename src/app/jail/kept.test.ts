import { expect, test } from 'vitest';
import { refuseLowerJail } from './kept.ts';

test.each([
  ['J4: a jail', 'J3: a jail'],
  ['J3: a jail', 'J4: a jail'],
  ['J2: a jail', 'J1: Node'],
  ['J0: runs with your rights', 'J2: a jail'],
  ['not needed: candidates are numbers', 'not needed: candidates are numbers'],
])('begun at "%s", a study goes on at "%s"', (was, now) => {
  expect(() => refuseLowerJail('one', was, now)).not.toThrow();
});

test.each(['J2: a jail', 'J1: Node'])('begun in a jail, it does not go on at "%s"', (now) => {
  expect(() => refuseLowerJail('one', 'J4: a jail; a rollout is ended at 60 s', now)).toThrow(
    /one was begun in a jail of level J4, and here only J\d can be had/,
  );
});

import { expect, test } from 'vitest';
import { sha256 } from './hash.ts';
import { takenBackBy } from './standing.ts';

const promoted = (seq: number, name: string) => ({ seq, body: { candidate: sha256(name) } });
const back = (seq: number, name: string) => ({ seq, body: { to: sha256(name) } });
const stands = (
  promotions: Parameters<typeof takenBackBy>[0],
  ...backs: readonly ReturnType<typeof back>[]
) => takenBackBy(promotions, backs).map((by) => by?.seq);

test('a rollback takes back what was promoted after that to which it went, and nothing later', () => {
  const three = [promoted(1, 'a'), promoted(2, 'b'), promoted(3, 'c')];
  expect(stands(three)).toEqual([undefined, undefined, undefined]);
  expect(stands(three, back(4, 'a'))).toEqual([undefined, 4, 4]);
  expect(stands(three, back(4, 'origin'))).toEqual([4, 4, 4]);
  expect(stands([...three, promoted(5, 'd')], back(4, 'b'))).toEqual([
    undefined,
    undefined,
    4,
    undefined,
  ]);
  // It went back to what led already.
  expect(stands(three, back(4, 'c'))).toEqual([undefined, undefined, undefined]);
});

test('each is taken back once, by the first that did; one that was promoted again stands', () => {
  const three = [promoted(1, 'a'), promoted(2, 'b'), promoted(4, 'b')];
  expect(stands(three, back(3, 'a'))).toEqual([undefined, 3, undefined]);
  expect(stands(three, back(3, 'a'), back(5, 'origin'))).toEqual([5, 3, 5]);
  expect(stands(three, back(3, 'a'), back(5, 'b'))).toEqual([undefined, 3, undefined]);
});

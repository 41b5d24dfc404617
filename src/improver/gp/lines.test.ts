import { expect, test } from 'vitest';
import { sha256 } from '../../core/hash.ts';
import { encodeForest } from '../../lang/codec.ts';
import { checkForest } from '../../lang/forest.ts';
import { LINES } from './lines.ts';
import { GP_VOCABULARY } from './slots.ts';

test('the lines of comparison are those that were frozen before the first self-applied run', () => {
  const digests = Object.entries(LINES).map(([name, line]) => [name, sha256(encodeForest(line))]);
  expect(Object.fromEntries(digests)).toEqual({
    expert: 'sha256:911e7799e8dfbe5bbcdf740187bffd3efeaba5f9d5c2dde929e04db671f9f543',
    'expert + de-duplication':
      'sha256:417bbc18dc78c6c269473e1402020b104ebbfa8f8e09c0c9607dace1d2214de0',
    'expert + de-duplication + twin':
      'sha256:d21da2c63a95952219b16ffd875e637660383e48a6355fd9777d1d077b2cee7f',
    textbook: 'sha256:a4d114c8fd7094e18e837c415edcc5c8737dbe720206344f557309822792d18d',
  });
});

test('each is an improver', () => {
  for (const line of Object.values(LINES)) checkForest(line, GP_VOCABULARY);
});

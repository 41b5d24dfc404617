/** Sealed cases follow from a secret that the engine does not hold: shown with the sets, and derived again. */
import { expect, test } from 'vitest';
import { bodiesOf, planted, runSealed, verifySealed } from './fixtures/sealed-study.ts';

const effects = { 12: 3, 20: 5.9 };
const runWith = (own?: string) =>
  runSealed({
    proposers: [planted(effects), planted(effects)],
    ...(own === undefined ? {} : { own }),
  });

/** What the scripted gatekeeper shows when it leaves. */
const OF_THE_GATE = 'scripted';

test('cases of the gatekeeper’s secret are others than the study’s, and verified once it is shown', async () => {
  const [ofStudy, ofGate] = [await runWith(), await runWith(OF_THE_GATE)];
  const [of, other] = [ofStudy, ofGate].map(
    ({ events }) => bodiesOf(events, 'holdout.revealed')[0],
  );
  expect(other?.cases).toHaveLength(40);
  expect(other?.cases.filter((one) => of?.cases.includes(one))).toEqual([]);
  expect(bodiesOf(ofGate.events, 'holdout.sealed')[0]?.secret).toBe('gatekeeper');
  const { findings, blind } = await verifySealed(ofGate.rows);
  expect(findings).toEqual([]);
  expect(blind.join()).not.toMatch(/sealed cases/);
});

test('planted: cases of another secret than the one that is shown', async () => {
  const { rows } = await runWith('another');
  const { findings } = await verifySealed(rows);
  expect(findings.map(({ detail }) => detail).join('\n')).toMatch(/not what the secret gives/);
});

test('before it is shown, verify says that it cannot tell', async () => {
  const { rows } = await runWith(OF_THE_GATE);
  const left = rows.findIndex(({ type }) => type === 'gatekeeper.left');
  const { blind } = await verifySealed(rows.slice(0, left));
  expect(blind.join()).toMatch(/whether sealed cases come from the gatekeeper’s secret/);
});

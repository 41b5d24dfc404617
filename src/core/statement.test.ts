import { expect, test } from 'vitest';
import { mayEngineAsk, statementOf } from './statement.ts';

const study = 'sha256:aa';

test('what is signed depends on study, type and every field but the signature, not on their order', () => {
  const body = { a: 1, b: [2], signature: 'x', c: undefined };
  const said = statementOf({ study, type: 't', body });
  expect(said).toBe(
    '{"body":{"a":1,"b":[2]},"schema":"paceline.decision/1","study":"sha256:aa","type":"t"}',
  );
  expect(statementOf({ study, type: 't', body: { b: [2], a: 1 } })).toBe(said);
  const others = [
    statementOf({ study: 'sha256:ab', type: 't', body }),
    statementOf({ study, type: 'u', body }),
    statementOf({ study, type: 't', body: { ...body, a: 2 } }),
    statementOf({ study, type: 't', body, about: { n: 1 } }),
    statementOf({ study, type: 't', body, about: { n: 2 } }),
  ];
  expect(new Set([said, ...others]).size).toBe(6);
});

test('an engine may ask for roots and approvals of its study, and never for a verdict', () => {
  const of = (type: string): string => statementOf({ study, type, body: {} });
  const may = (text: string): boolean => mayEngineAsk(text, study);
  expect(may(of('root.signed'))).toBe(true);
  expect(may(of('approval.decided'))).toBe(true);
  expect(may(of('gate.judged'))).toBe(false);
  expect(may(of('audit.finished'))).toBe(false);
  expect(mayEngineAsk(of('root.signed'), 'sha256:ab')).toBe(false);
  expect(may(` ${of('root.signed')}`)).toBe(false);
  expect(may(of('root.signed').replace('paceline.decision/1', 'paceline.key/1'))).toBe(false);
  expect(may('no statement')).toBe(false);
  expect(may('null')).toBe(false);
});

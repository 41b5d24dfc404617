import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../core/events.ts';
import { manualClock } from '../testing/manual-clock.ts';
import { sampleLedger } from '../testing/sample-ledger.ts';
import type { Progress } from './contract.ts';
import { type TerminalOptions, terminalReporter } from './terminal.ts';

const READING: Progress = {
  study: 'bin-packing',
  trials: 18_234,
  inFlight: 8,
  evals: 18_250,
  controlEvals: 3_650,
  confirms: 5,
  promotions: 2,
  activeMs: 30_000,
  budgetShare: 0.5,
  limits: {},
  phase: 'searching',
  metric: 'excess',
  unit: 'percent',
  lastGain: { effect: 0.842, interval: [0.66, 1.02] },
  incumbent: 3.512,
  incumbentInterval: [3.48, 3.541],
  origin: 4.953,
  control: 4.314,
};

function reporter(options: Partial<TerminalOptions> = {}) {
  const written: string[] = [];
  const clock = manualClock();
  const made = terminalReporter({
    write: (text) => written.push(text),
    isTty: false,
    columns: 80,
    clock,
    env: {},
    ...options,
  });
  const events = (...list: readonly StoredEvent[]): void => made.onEvents?.(list);
  const progress = (change: Partial<Progress> = {}): void =>
    made.onProgress?.({ ...READING, ...change });
  const end = (): void => void made.onEnd?.();
  return { written, clock, events, progress, end };
}

const ledger = sampleLedger();

function first(type: StoredEvent['type'], from = ledger): StoredEvent {
  const event = from.find((one) => one.type === type);
  if (!event) throw new Error(`no ${type}`);
  return event;
}

/** What a terminal shows after the text, line by line: the few commands we use, and no other. */
function screenAfter(written: readonly string[]): readonly string[] {
  const lines = [''];
  let row = 0;
  for (const [token, up] of written
    .join('')
    .matchAll(/\u001b\[(\d+)A|\u001b\[J|\u001b\[\d+m|\r|\n|[^\u001b\r\n]+/g)) {
    if (up !== undefined) row -= Number(up);
    else if (token === '\u001b[J') lines.splice(row, lines.length, '');
    else if (token === '\n') lines[++row] ??= '';
    else if (token !== '\r' && !token.startsWith('\u001b')) lines[row] += token;
  }
  return lines;
}

describe('on a terminal', () => {
  it('shows trials, incumbent with interval, control, confirms, spend and time left', () => {
    const { written, progress } = reporter({ isTty: true });
    progress();
    expect(screenAfter(written)).toEqual([
      '━━━━━━━━━━━━──────────── searching · 50 % of budget, 30 s, about 30 s left',
      'trials    18,234, 8 in flight · 18,250 evaluations · 5 confirms · 2 promoted',
      'incumbent 3.51 percent [3.48, 3.54] · last gain 0.842 points [0.66, 1.02]',
      'control   4.31 percent after 3,650 of 18,250 evaluations · origin 4.95',
      '',
    ]);
  });

  it('redraws in place and leaves one block, however often it is told', () => {
    const { written, clock, progress } = reporter({ isTty: true });
    for (let trials = 1; trials < 50; trials++) {
      progress({ trials });
      clock.advance(100);
    }
    const screen = screenAfter(written);
    expect(screen).toHaveLength(5);
    expect(screen[1]).toContain(' 49, 8 in flight');
  });

  it('draws at most ten times a second', () => {
    const { written, clock, progress } = reporter({ isTty: true });
    for (let ms = 0; ms < 2_000; ms += 25) {
      progress({ activeMs: ms });
      clock.advance(25);
    }
    expect(written.length).toBeGreaterThan(15);
    expect(written.length).toBeLessThanOrEqual(20);
  });

  it('keeps what is said once above the block', () => {
    const { written, clock, events, progress } = reporter({ isTty: true, columns: 120 });
    events(first('study.opened'));
    progress();
    events(first('noise.measured'));
    events(first('candidate.promoted'));
    clock.advance(100);
    progress();
    const screen = screenAfter(written);
    expect(screen.slice(0, 5)).toEqual([
      'Paceline study bin-packing: excess (percent, lower is better)',
      'Isolation: own process, no jail (J0)',
      'Origin 4.95 percent, noise σ 0.258 over 12 evaluations; the same seed repeats exactly.',
      'Evaluator audit: it repeats itself as declared and its noise is well-behaved.',
      expect.stringMatching(
        /^Promoted trial 20: better by 0\.878 points \[0\.715, 1\.04\] \(95 % interval, \d+ fresh pairs\)$/,
      ),
    ]);
    expect(screen).toHaveLength(10);
  });

  it('leaves one line when it ends', () => {
    const { written, progress, end } = reporter({ isTty: true, columns: 60 });
    progress();
    end();
    expect(screenAfter(written)).toEqual([
      expect.stringMatching(/^50 % 30 s .* \(origin 4\.95, control 4\.31\)$/),
      '',
    ]);
  });

  it.each([20, 40, 79, 200])('never fills a line of %i cells, which would wrap', (columns) => {
    const { written, progress } = reporter({ isTty: true, columns });
    progress({
      metric: '最適化メトリック',
      unit: '🙂🙂🙂🙂🙂',
      phase: 'measuring the noise floor',
    });
    for (const line of screenAfter(written)) {
      const cells = [...line].reduce((sum, one) => sum + (/[぀-鿿🙂]/u.test(one) ? 2 : 1), 0);
      expect(cells).toBeLessThan(columns);
    }
  });

  it('of unknown width gets the usual one', () => {
    const { written, progress } = reporter({ isTty: true, columns: 0 });
    progress();
    expect(screenAfter(written)[1]).toContain('5 confirms');
  });

  it('is coloured unless NO_COLOR is set', () => {
    const coloured = reporter({ isTty: true });
    const plain = reporter({ isTty: true, env: { NO_COLOR: '1' } });
    coloured.progress();
    plain.progress();
    expect(coloured.written.join('')).toMatch(/\u001b\[36m/);
    expect(plain.written.join('')).not.toMatch(/\u001b\[\d+m/);
    expect(screenAfter(plain.written)).toEqual(screenAfter(coloured.written));
  });

  it('that is dumb gets plain lines', () => {
    const { written, progress } = reporter({ isTty: true, env: { TERM: 'dumb' } });
    progress();
    expect(written.join('')).not.toContain('\u001b');
  });
});

describe('into a pipe', () => {
  it('writes one whole line, without escapes', () => {
    const { written, progress } = reporter();
    progress();
    expect(written).toEqual([
      '50 % 30 s (30 s left) searching · 18,234 trials, 18,250 evals, 5 confirms, 2 promoted · excess 3.51 [3.48, 3.54] (origin 4.95, control 4.31)\n',
    ]);
  });

  it('has its first line with the first event, before anything is measured', () => {
    const { written, events } = reporter();
    events(first('study.opened'));
    expect(written).toHaveLength(1);
  });

  it('says once how several studies alike are held', () => {
    const said = new Set<string>();
    const texts = [1, 2].map(() => {
      const { written, events } = reporter({ said });
      events(first('study.opened'));
      return written.join('');
    });
    expect(texts[0]).toMatch(/^Paceline study .*\nIsolation: own process, no jail \(J0\)\n$/);
    expect(texts[1]).toMatch(/^Paceline study [^\n]*\n$/);
  });

  it('tells that nothing is measured any more, after twenty barred trials in a row and two hundred', () => {
    const { written, events, progress } = reporter();
    const settled = first('trial.settled') as StoredEvent<'trial.settled'>;
    const barred = (count: number): void => {
      const body = { ...settled.body, arm: 'main', barredBy: 'ab12', message: 'Too large.' };
      for (let i = 0; i < count; i++) events({ ...settled, body });
      progress();
    };
    const told = () => written.join('').match(/The last [\d,]+ trials .* steer lift ab12/g);
    barred(19);
    events({ ...settled, body: { ...settled.body, arm: 'main' } });
    barred(19);
    expect(told()).toBeNull();
    barred(1);
    expect(told()).toEqual([
      expect.stringContaining('last 20 trials of the search were all barred'),
    ]);
    barred(180);
    expect(told()).toHaveLength(2);
  });

  it('says when a study goes on', () => {
    const { written, events } = reporter();
    events({
      ...first('study.closed'),
      type: 'study.resumed',
      body: { epoch: 1, fromSeq: 1234 },
    } as StoredEvent);
    expect(written).toEqual(['Resumed after entry 1,234.\n']);
  });

  it('says what holds the candidates from there on', () => {
    const { written, events } = reporter();
    const body = { epoch: 1, fromSeq: 7, isolation: 'J3: a jail' };
    events({ ...first('study.closed'), type: 'study.resumed', body } as StoredEvent);
    expect(written).toEqual(['Resumed after entry 7.\nIsolation: J3: a jail\n']);
  });

  it('writes at each new phase, then every five seconds, later every minute', () => {
    const { written, clock, progress } = reporter();
    const linesUntil = (ms: number): number => {
      const before = written.length;
      for (let passed = 0; passed < ms; passed += 500) {
        progress({
          trials: 1 + clock.monotonicMs(),
          phase: passed % 1000 ? 'confirming' : 'searching',
        });
        clock.advance(500);
      }
      return written.length - before;
    };
    expect(linesUntil(2_000)).toBe(2);
    expect(linesUntil(60_000)).toBeGreaterThanOrEqual(11);
    linesUntil(3_600_000);
    expect(linesUntil(600_000)).toBeLessThanOrEqual(10);
  });

  it('says which pair of how many is measured: a long comparison is seen to move', () => {
    const { written, progress } = reporter();
    progress({ phase: 'comparing', pair: { at: 7, of: 32, rival: 'origin' } });
    progress({ phase: 'measuring the gain', pair: { at: 3, of: 12 } });
    expect(written.join('')).toMatch(/ comparing with origin, pair 7 of 32 · /);
    expect(written.join('')).toMatch(/ measuring the gain, pair 3 of 12 · /);
  });

  it('says once that most of the budget went before the first trial', () => {
    const { written, progress } = reporter();
    for (const trials of [0, 0, 1])
      progress({ trials, evals: 12, budgetShare: 0.4, phase: `${trials}` });
    const told = written.filter((line) =>
      line.includes('40 % of the budget is spent before the first trial'),
    );
    expect(told).toHaveLength(1);
    const { written: others, progress: later } = reporter();
    for (const trials of [0, 1])
      later({ trials, evals: 12, budgetShare: trials, phase: `${trials}` });
    expect(others.join('')).not.toContain('before the first trial');
  });

  it('tells of a promotion only with the next progress, when it is durable', () => {
    const { written, events, progress } = reporter();
    events(first('study.opened'));
    events(first('candidate.promoted'));
    expect(written.join('')).not.toContain('Promoted');
    progress();
    expect(written[1]).toContain('Promoted trial 20');
  });

  it('tells of a promotion nothing followed when it ends', () => {
    const { written, events, end } = reporter();
    events(first('study.opened'), first('candidate.promoted'));
    end();
    expect(written.join('')).toContain('Promoted trial 20');
  });

  it('ends with where the study stood, and does not repeat itself', () => {
    const { written, clock, progress, end } = reporter();
    progress({ trials: 1 });
    clock.advance(1_000);
    progress({ trials: 2 });
    end();
    end();
    expect(written).toHaveLength(2);
    expect(written[1]).toContain('2 trials');
  });
});

describe('a reading', () => {
  it('guesses no time left before a hundredth of the budget is spent, and none after it', () => {
    for (const budgetShare of [0, 0.009, 1]) {
      const { written, progress } = reporter();
      progress({ budgetShare });
      expect(written[0]).not.toContain('left');
    }
  });

  it('says what is not measured yet', () => {
    const written: string[] = [];
    const { incumbent: _, origin, control, lastGain, ...unmeasured } = READING;
    const options = { isTty: false, columns: 80, clock: manualClock(), env: {} };
    terminalReporter({ ...options, write: (text) => written.push(text) }).onProgress?.(unmeasured);
    expect([origin, control, lastGain]).not.toContain(undefined);
    expect(written[0]).toContain('excess not measured yet');
  });
});

describe('foreign text', () => {
  const hostile = 'x\u001b[2J\u001b]0;title\u0007\u009b31m\u202e\r\nForged line\u0000';

  it.each([true, false])('drives no terminal, tty %s', (isTty) => {
    const { written, clock, events, progress, end } = reporter({ isTty, columns: 300 });
    for (const event of sampleLedger({ foreign: hostile })) events(event);
    progress({ metric: hostile, unit: hostile, phase: hostile });
    clock.advance(60_000);
    progress({ metric: hostile, unit: hostile, phase: 'searching' });
    end();
    const text = written.join('');
    expect(text).toContain('Forged line');
    for (const line of text.split('\n')) expect(line).not.toMatch(/^Forged/);
    const ours = text.replace(/\u001b\[(?:\d+A|J|\d+m)|[\r\n]/g, '');
    expect(ours).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]/);
  });
});

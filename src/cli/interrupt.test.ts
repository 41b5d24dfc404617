/** Work that ends in order when it is asked to. */
import { afterEach, expect, test, vi } from 'vitest';
import { EXIT } from '../core/errors.ts';
import { untilSignalled } from './interrupt.ts';

afterEach(() => vi.restoreAllMocks());

const waiting = (signal: AbortSignal): Promise<number> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));

test('the first signal ends the work with what is said, and nobody listens afterwards', async () => {
  const listening = process.listenerCount('SIGHUP');
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  const ending = untilSignalled(waiting, { said: 'stopped\n' });
  process.emit('SIGHUP');
  expect(await ending).toBe(EXIT.interrupted);
  expect(write).toHaveBeenCalledWith('stopped\n');
  expect(process.listenerCount('SIGHUP')).toBe(listening);
});

test('a fault of the work is thrown, and so is an ending of which it says nothing', async () => {
  await expect(
    untilSignalled(() => Promise.reject(new Error('fault')), { said: 'stopped\n' }),
  ).rejects.toThrow('fault');
  const ending = untilSignalled(waiting, {});
  process.emit('SIGHUP');
  await expect(ending).rejects.toThrow('It was interrupted.');
});

test('a second signal does not wait: what was begun is abandoned first', async () => {
  const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
  const abandon = vi.fn();
  let resolve: (code: number) => void = () => undefined;
  const promise = new Promise<number>((done) => {
    resolve = done;
  });
  const ending = untilSignalled(() => promise, { abandon });
  process.emit('SIGHUP');
  expect(abandon).not.toHaveBeenCalled();
  process.emit('SIGHUP');
  expect(abandon).toHaveBeenCalledOnce();
  expect(exit).toHaveBeenCalledWith(EXIT.interrupted);
  resolve(0);
  await ending;
});

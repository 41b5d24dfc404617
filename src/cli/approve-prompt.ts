/** The question of `paceline approve` at a terminal: yes or no, and why. Nothing but a whole answer decides. */
import { createInterface } from 'node:readline/promises';
import type { DecidedNow } from '../app/approve/decide.ts';

export interface Said {
  readonly decision: DecidedNow['decision'];
  readonly reason: string;
}

export interface Terminal {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Undefined where the person leaves it for later: also by Ctrl+C, Ctrl+D, or a terminal that went away. */
export async function askPerson(
  approval: number,
  { input, output }: Terminal,
): Promise<Said | undefined> {
  const terminal = createInterface({ input, output });
  const gone = new Promise<undefined>((resolve) => {
    terminal.once('close', () => resolve(undefined));
  });
  const ask = (question: string): Promise<string | undefined> =>
    Promise.race([terminal.question(question), gone]).then((said) => said?.trim());
  try {
    const question = `Request ${approval}: agree? [y]es, [n]o, anything else leaves it for later: `;
    const decision = decisionIn(await ask(question));
    if (decision === undefined) return undefined;
    for (;;) {
      const reason = await ask('Why (it is recorded): ');
      if (reason !== '') return reason === undefined ? undefined : { decision, reason };
    }
  } catch (error) {
    if (isAborted(error)) return undefined;
    throw error;
  } finally {
    terminal.close();
  }
}

function decisionIn(answer = ''): Said['decision'] | undefined {
  if (/^y(es)?$/i.test(answer)) return 'approve';
  return /^no?$/i.test(answer) ? 'reject' : undefined;
}

function isAborted(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

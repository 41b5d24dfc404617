/** People who are asked through files in the folder of their study. */
import { setTimeout as wait } from 'node:timers/promises';
import type { TaskKind } from '../../tasks/contract.ts';
import type { Panel } from '../../tastes/person.ts';
import type { StudyPlace } from '../read-ledger.ts';
import { clearQuestions, closeQuestion, foretellFolder, putQuestion, readAnswer } from './files.ts';

/** Between two looks for an answer. */
const LOOK_MS = 200;

interface Asking extends StudyPlace {
  readonly kind: Pick<TaskKind, 'diff'>;
  /** Text of the program that is improved. */
  readonly origin: string;
}

export function folderPanel({ root, id, kind, origin }: Asking, withinMs: number): Panel {
  const folder = foretellFolder(root, id);
  let isFirst = true;
  return {
    async ask({ trial, draft }, signal) {
      const { proposer, operator, parents, text } = draft;
      const diff = kind
        .diff(origin, text)
        .map(({ unified }) => unified)
        .join('');
      if (isFirst) clearQuestions(folder);
      isFirst = false;
      putQuestion(folder, {
        schema: 'paceline.question/1',
        trial,
        proposer,
        operator,
        parents,
        diff,
      });
      try {
        for (let waitedMs = 0; waitedMs < withinMs; waitedMs += LOOK_MS) {
          await wait(LOOK_MS, undefined, { signal });
          const found = readAnswer(folder, trial);
          if (found === undefined) continue;
          const { schema: _named, ...said } = found;
          return said;
        }
        return undefined;
      } finally {
        closeQuestion(folder, trial);
      }
    },
  };
}

/** Keys that mean something for one kind of candidate only: source files, a closed language, improvers. */
import type { Keys } from './config-keys.ts';
import { isTimed, type Problem } from './config-time.ts';

export function ofKind(keys: Keys): readonly Problem[] {
  if (keys.kind === 'improver') return ofImprover(keys);
  if (keys.evaluator.use === 'inner-study') {
    const message = 'inner-study scores improvers: write kind: improver, or use another evaluator';
    return [{ path: ['evaluator', 'use'], message }];
  }
  return keys.language === undefined ? ofSource(keys) : ofLanguage(keys);
}

function ofSource({ evaluator, proposers, control }: Keys): readonly Problem[] {
  const problems: Problem[] = proposers.flatMap(({ template }, i) =>
    template === undefined
      ? []
      : [
          {
            path: ['proposers', i, 'template'],
            message:
              'is a candidate of a closed language: leave it out, and the numbers of the source are tuned',
          },
        ],
  );
  if (evaluator.interpreter !== undefined) {
    const message = 'reads candidates of a closed language only: add language, or leave it out';
    problems.push({ path: ['evaluator', 'interpreter'], message });
  }
  const hasStarts = proposers.every(({ use }) => use === 'local-search' || use === 'library');
  if (control.arms.includes('random') && !hasStarts) {
    const message =
      'random draws from all programs of a closed language or a library, or from the starts of a local-search: add language, or leave it out';
    problems.push({ path: ['control', 'arms'], message });
  }
  return problems;
}

function ofLanguage({ evaluator, surface, proposers }: Keys): readonly Problem[] {
  const problems: Problem[] = [...ofForests({ surface, proposers })];
  if (evaluator.interpreter === undefined) {
    const message = 'name the module that scores candidates of the closed language in process';
    problems.push({ path: ['evaluator', 'interpreter'], message });
  }
  return problems;
}

/** Of improvers, whose language is filled in and whose inner studies keep limits of their own. */
function ofImprover({ evaluator, surface, proposers, rule, splits }: Keys): readonly Problem[] {
  const problems: Problem[] = [...ofForests({ surface, proposers })];
  const refuse = (isWrong: boolean, path: (string | number)[], message: string): void => {
    if (isWrong) problems.push({ path, message });
  };
  const { use, stages, interpreter, params = {}, limits = {}, metrics } = evaluator;
  refuse(use !== 'inner-study', ['evaluator', 'use'], 'scores no improver: write use: inner-study');
  refuse(
    stages !== undefined || interpreter !== undefined || Object.keys(params).length > 0,
    ['evaluator'],
    'of inner studies has no stages, interpreter or params: leave them out',
  );
  const others = Object.keys(limits).filter((name) => name !== 'cpu');
  refuse(
    others.length > 0,
    ['evaluator', 'limits'],
    `${others.join(', ')}: an inner study runs no program, so cpu is all that can be limited: leave the others out`,
  );
  refuse(
    metrics.length !== 1 || metrics[0]?.goal !== 'min' || isTimed({ evaluator }),
    ['evaluator', 'metrics'],
    'of inner studies is one, the regret, of which less is better: leave metrics out',
  );
  refuse(rule.mode === 'exact', ['rule', 'mode'], 'exact is for one value, and regrets need seeds');
  refuse(
    splits.generator !== undefined,
    ['splits', 'generator'],
    'is never run: a family makes its own instances. Leave it out',
  );
  return problems;
}

function ofForests({
  surface,
  proposers,
}: Pick<Keys, 'surface' | 'proposers'>): readonly Problem[] {
  const problems: Problem[] = proposers.flatMap((entry, i) => ofEntry(entry, ['proposers', i]));
  if (surface.edit.length !== 1) {
    problems.push({
      path: ['surface', 'edit'],
      message: 'name the one file of the closed language',
    });
  }
  if (surface.include.length > 0) {
    const message = 'a candidate of the closed language needs no files beside it: leave it out';
    problems.push({ path: ['surface', 'include'], message });
  }
  if (surface.limit !== undefined) {
    const message = 'is for source files: leave it out';
    problems.push({ path: ['surface', 'limit'], message });
  }
  return problems;
}

type Entry = Keys['proposers'][number];

/** What a proposer of a closed language lacks, or has no use for. */
function ofEntry({ use, template }: Entry, path: (string | number)[]): readonly Problem[] {
  if (use === 'local-search') {
    const message =
      'local-search moves numbers of JSON files, and a closed language has none: leave it or language out';
    return [{ path, message }];
  }
  if (use !== 'cma-es' || template !== undefined) return [];
  const message = 'name the file of a forest whose constants are tuned';
  return [{ path: [...path, 'template'], message }];
}

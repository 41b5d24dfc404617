/** What `run --portfolio --dry-run` prints: every study is checked as its own run would, nothing is written. */
import { dirname, join } from 'node:path';
import { previewRun } from '../app/dry-run.ts';
import type { LoadedPortfolio, NamedStudy } from '../app/portfolio/load.ts';
import { EXIT, PacelineError } from '../core/errors.ts';
import type { Json } from '../core/json.ts';
import { printResult, table } from './output.ts';
import { limitsText } from './preview.ts';

interface Checked {
  readonly study: NamedStudy;
  readonly limits: string;
  readonly isolation?: string;
  readonly fault?: PacelineError;
}

/** Returns the exit code: that of the first study that its own run would refuse. */
export async function printPortfolioPreview(
  { root, config, studies }: LoadedPortfolio,
  options: { readonly json?: boolean },
): Promise<number> {
  const checked: Checked[] = [];
  for (const study of studies) checked.push(await check(root, study));
  const faults = checked.flatMap(({ fault }) => fault ?? []);
  const { budget, slice } = config;
  const bounds = { wallMs: budget.wall, evals: budget.evals };
  const turn = { wallMs: slice.wall, evals: slice.evals, trials: slice.trials };
  printResult(
    options,
    { schema: 'paceline.portfolio-plan/1', ...jsonOf(checked, { budget, slice }) },
    [
      ...table([HEADING, ...checked.map(rowOf)]),
      ...checked.flatMap(({ study, fault }) => (fault ? [`${study.path}: ${fault.message}`] : [])),
      `budget of all  ${limitsText(bounds)}`,
      `one turn       ${limitsText(turn)}`,
      faults.length > 0
        ? 'Nothing was written. Mend what is named above first: its study would be set aside.'
        : 'Configs, surfaces, candidates and generators were checked; no origin was evaluated and nothing written. paceline run --portfolio starts it.',
    ],
  );
  return faults[0]?.exitCode ?? EXIT.done;
}

async function check(root: string, study: NamedStudy): Promise<Checked> {
  const { wall, trials, evals } = study.config.budget;
  const limits = limitsText({ wallMs: wall, trials, evals });
  try {
    const { isolation } = await previewRun(dirname(join(root, study.path)), study.config);
    return { study, limits, isolation };
  } catch (error) {
    if (!PacelineError.is(error)) throw error;
    return { study, limits, fault: error };
  }
}

const HEADING = ['study', 'config', 'weight', 'own budget', 'jail'];

function rowOf({ study, limits, isolation, fault }: Checked): readonly string[] {
  const jail = fault ? 'refused' : (isolation?.match(/\bJ[0-4]\b/)?.[0] ?? '-');
  return [study.config.name, study.path, String(study.weight), limits, jail];
}

function jsonOf(
  checked: readonly Checked[],
  limits: { readonly budget: object; readonly slice: object },
): { readonly [key: string]: Json } {
  const studies = checked.map(({ study, isolation, fault }) => ({
    name: study.config.name,
    path: study.path,
    weight: study.weight,
    budget: study.config.budget,
    isolation,
    ...(fault ? { error: { code: fault.code, message: fault.message } } : {}),
  }));
  return JSON.parse(JSON.stringify({ ...limits, studies }));
}

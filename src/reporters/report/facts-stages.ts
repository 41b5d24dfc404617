/** Facts about the cascade: what each stage spared, and what its threshold lost. */
import { wilson } from '../../stats/wilson.ts';
import type { AddFact, FactBook } from './fact.ts';
import { everyOf } from './facts-trials.ts';
import { countText, numberText } from './number-text.ts';
import type { Row } from './phrase.ts';
import { say } from './phrase.ts';
import type { Tally } from './tally.ts';

const COUNTS = {
  reached: 'Trials that were measured at this stage, counted.',
  stopped: 'Trials that ended by the threshold of this stage, counted.',
  checked: 'Trials below the threshold that a draw let go on all the same, counted.',
  promising: 'Those among them that challenged the incumbent, counted.',
} as const;

export function addStageFacts(tally: Tally, add: AddFact): void {
  const span = everyOf(tally, ['trial.settled']);
  for (const [i, stage] of tally.stages.entries()) {
    // Numbered as they first appear: an id holds no text that others wrote.
    const id = `stage.${i}`;
    const { name, checked, promising } = stage;
    const how = 'Named by its trials.';
    add({ id: `${id}.name`, value: name, text: name, seqs: [], span, how });
    for (const [kind, counted] of Object.entries(COUNTS)) {
      const value = stage[kind as keyof typeof COUNTS];
      add({ id: `${id}.${kind}`, value, text: countText(value), seqs: [], span, how: counted });
    }
    if (checked === 0) continue;
    const interval = wilson(promising, checked);
    const percent = (rate: number): string => `${numberText(100 * rate)} %`;
    add({
      id: `${id}.lost`,
      value: promising / checked,
      text: `${percent(promising / checked)} (95 % interval ${percent(interval[0])} to ${percent(interval[1])})`,
      n: checked,
      interval,
      seqs: [],
      span,
      how: 'Share of the checked trials that were promising; its interval is Wilson’s.',
    });
  }
}

/** One row a stage, for what was tried and thrown away. */
export function stageRows(book: FactBook, { stages }: Tally): readonly Row[] {
  return stages.map(({ checked }, i) => {
    const of = (name: string) => book.get(`stage.${i}.${name}`);
    const lost =
      checked === 0
        ? say`no stopped trial was drawn to go on yet, so what the threshold loses is not known`
        : say`of ${of('checked')} below the threshold that went on all the same, ${of('promising')} turned out promising: ${of('lost')}`;
    return {
      label: 'stage',
      phrase: say`${of('name')} stopped ${of('stopped')} of ${of('reached')} trials; ${lost}`,
    };
  });
}

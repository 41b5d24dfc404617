/** A mark of an axis: its number, and where it stands in pixels. */
export interface ScaleMark {
  readonly text: string;
  readonly at: number;
}

/** Places are rounded to a tenth of a pixel, numbers to three digits. */
const PIXELS = 0.3;
const SHARE = 0.02;

/** True where equal distances mean equal differences, which is all that marks of a scale may say. */
export function isEven(marks: readonly ScaleMark[]): boolean {
  const values = marks.map(({ text }) => Number(text.replaceAll('−', '-').replaceAll(',', '')));
  const places = marks.map(({ at }) => at);
  if ([...values, ...places].some((one) => !Number.isFinite(one))) return false;
  const steps = differences(values);
  const [step = 1] = steps;
  const [gap = 1] = differences(places);
  return (
    step !== 0 &&
    steps.every((one) => Math.abs(one - step) <= SHARE * Math.abs(step)) &&
    differences(places).every((one) => Math.abs(one - gap) <= PIXELS)
  );
}

function differences(values: readonly number[]): readonly number[] {
  return values.slice(1).map((value, i) => value - (values[i] ?? Number.NaN));
}

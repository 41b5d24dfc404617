/** Names where the lines of the trajectory end. */
import { round } from './axis.ts';
import { type Course, levelAt, type Scales } from './course.ts';

const LABEL_HEIGHT = 14;
const GAP = 7;
/** From a line to the foot of the letters beside it. */
const FOOT = 4;

/** Those on the right are kept apart; a control's stands under a line that its own coincides with. */
export function endLabels(courses: readonly Course[], origin: number, { x, y }: Scales): string {
  const [, right = 0] = x.range();
  const labels = named(courses).map(({ isMain, end }) => ({
    text: isMain ? 'incumbent' : 'control',
    name: isMain ? 'main' : 'control',
    x: x(end.evals),
    y: y(end.level) + (isMain || !isOnMain(courses, end, y) ? 0 : LABEL_HEIGHT),
  }));
  const all = [...labels, { text: 'origin', name: 'origin', x: right, y: y(origin) }];
  const atRight = all.filter((one) => one.name !== 'control').sort((a, b) => a.y - b.y);
  let free = Number.NEGATIVE_INFINITY;
  const apart = atRight.map((one) => {
    free = Math.max(free + LABEL_HEIGHT, one.y);
    return { ...one, y: free };
  });
  return [...all.filter((one) => one.name === 'control'), ...apart].map(label).join('');
}

/** Sisters go without, and of several control blocks one has the name of all. */
function named(courses: readonly Course[]): readonly Course[] {
  const hasSisters = courses.some(({ isSister }) => isSister);
  const control = courses.find(({ isMain, isSister }) => !isMain && !isSister);
  return courses.filter((one) => !one.isSister && (one.isMain || !hasSisters || one === control));
}

function isOnMain(courses: readonly Course[], end: Course['end'], y: Scales['y']): boolean {
  const main = levelAt(courses, end.evals);
  return main !== undefined && Math.abs(y(main) - y(end.level)) < LABEL_HEIGHT;
}

interface Label {
  readonly text: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

function label({ text, name, x, y }: Label): string {
  return `<text class="label ${name}" x="${round(x + GAP)}" y="${round(y + FOOT)}">${text}</text>`;
}

/** Runs a candidate on one input after another. This is all that stands in its jail. */
interface Asked {
  /** Folder with the candidate's files. */
  readonly candidate: string;
  readonly input: readonly (readonly [readonly number[], number?])[];
}

export async function solve({ candidate, input }: Asked) {
  const { default: answer } = await import(`${candidate}/origin/answer.ts`);
  return input.map(([list, k]) => {
    try {
      return answer(list, k);
    } catch {
      // What a function is not defined for, it has no answer to.
      return null;
    }
  });
}

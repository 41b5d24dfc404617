export interface Part {
  readonly name: string;
  readonly takesK: boolean;
  readonly of: (list: readonly number[], k: number) => number | readonly number[] | null;
}

export const ALL: string;
export const IDENTITY: string;
export const LIST: string;
export const SELECTIONS: readonly Part[];
export const TRANSFORMS: readonly Part[];
export const REDUCERS: readonly Part[];

/** What a conformance suite needs of a test framework; vitest, node:test and others fit in two lines. */
export interface Suite {
  test(name: string, body: () => Promise<void>): void;
  /** A law that cannot apply is shown with its reason, never left out silently. */
  skip(name: string, reason: string): void;
}

/** Registers the law, or the reason why this driver is not held to it. */
export function lawOrReason<T extends object>(
  suite: Suite,
  name: string,
  { needs, law }: { readonly needs: T | string; readonly law: (subject: T) => Promise<void> },
): void {
  if (typeof needs === 'string') suite.skip(name, needs);
  else suite.test(name, () => law(needs));
}

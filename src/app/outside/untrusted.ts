/** Text that candidates, models or other programs wrote stands under this name alone: data, whatever it says. */
export interface Untrusted {
  readonly untrusted?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

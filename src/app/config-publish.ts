/** `safety.publish` of the config: where signed roots of the ledger are kept a second time. */
import { z } from 'zod';

/** Nothing that git would take for an option or for a program to start. */
const remote = z
  .string()
  .regex(/^[^-\p{C}\s][^\p{C}]*$/u, 'write the name, path or address of a git remote')
  .refine((text) => !text.includes('::'), 'write a remote that starts no program (no "::")');

const branch = z
  .string()
  .regex(/^[A-Za-z0-9][\w./-]{0,100}$/, 'write the name of a branch')
  .refine((text) => !/\.\.|\/\/|\.lock$|[./]$/.test(text), 'git allows no branch of that name');

/** `paceline verify --roots` reads either. */
export const publish = z.union(
  [
    /** From the folder of the config. Best on another machine, or of another user. */
    z.strictObject({ folder: z.string().min(1) }),
    /** Commits are pushed to that branch alone; no work tree, index or branch here is touched. */
    z.strictObject({ git: remote, branch: branch.default('paceline-heads') }),
  ],
  { error: 'write { folder: PATH } or { git: REMOTE }' },
);

export type Publish = z.infer<typeof publish>;

/** The folder of one rollout: the candidate's files and the instances, gone when the call is over. */
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readlink,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';

export interface Workspace {
  readonly folder: string;
  readonly candidateFolder: string;
  readonly instancesFile: string;
  remove(): Promise<void>;
}

/** A file of the task that stands beside those of the candidate. */
export interface Beside {
  /** Where it stands, relative to the candidate folder. */
  readonly name: string;
  /** Where it comes from. */
  readonly path: string;
  /** `shown`: the jail shows it, with all in it, where the sandbox can. `link`: as it stands there. Absent: a copy. */
  readonly as?: 'shown' | 'link';
}

/** Everybody may read, nobody write. */
const READ_ONLY = 0o444;

/** Ours to list; the user of a jail passes through to what it is shown by name. */
const PASSED = 0o711;

export interface CandidateContent {
  /** Text by file name, relative to the candidate folder. */
  readonly files: Readonly<Record<string, string>>;
  /** Those of `files` that are programs. */
  readonly programs?: readonly string[];
  /** Written after `files`, so that none of those stands in its place. */
  readonly beside: readonly Beside[];
}

export interface WorkspaceContent extends CandidateContent {
  readonly instances: string;
}

/** @throws the file system's own error; nothing is left behind then. */
export async function createWorkspace(
  directory: string,
  { instances, ...content }: WorkspaceContent,
): Promise<Workspace> {
  const { folder, candidateFolder, remove } = await emptyWorkspace(directory);
  const instancesFile = join(folder, 'instances.json');
  try {
    await writeFile(instancesFile, instances);
    await place(candidateFolder, content);
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, candidateFolder, instancesFile, remove };
}

/**
 * A workspace whose candidate comes later.
 * @param name Of the candidate's folder. @throws the file system's own error.
 */
export async function emptyWorkspace(
  directory: string,
  name = 'candidate',
): Promise<Omit<Workspace, 'instancesFile'>> {
  await mkdir(directory, { recursive: true });
  const folder = await mkdtemp(join(resolve(directory), 'rollout-'));
  const candidateFolder = join(folder, name);
  await chmod(folder, PASSED);
  await mkdir(candidateFolder);
  return { folder, candidateFolder, remove: () => removeTree(folder) };
}

/** Writes a candidate's files, then those that stand beside them. */
export async function place(
  candidateFolder: string,
  { files, programs = [], beside }: CandidateContent,
): Promise<void> {
  const pathFor = async (name: string): Promise<string> => {
    const path = join(candidateFolder, name);
    await mkdir(dirname(path), { recursive: true });
    return path;
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(await pathFor(name), text, { mode: programs.includes(name) ? 0o777 : 0o666 });
  }
  for (const { name, path: from, as } of beside) {
    if (as === 'shown') continue;
    const path = await pathFor(name);
    if (as === 'link') {
      await symlink(await readlink(from), path);
      continue;
    }
    await copyFile(from, path);
    await chmod(path, READ_ONLY);
  }
}

/** The first name that would leave the candidate folder or names nothing. */
export function unsafeName(files: Readonly<Record<string, string>>): string | undefined {
  const folder = resolve('/candidate');
  return Object.keys(files).find((name) => {
    const path = resolve(folder, name);
    return name.includes('\0') || !path.startsWith(folder + sep);
  });
}

/** What cannot be removed is left for the clean-up of the next start: it never stops a study. */
async function removeTree(root: string): Promise<void> {
  await rm(root, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
}

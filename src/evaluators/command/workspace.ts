/** The folder of one rollout: the candidate's files and the instances, gone when the call is over. */
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
}

/** Everybody may read, nobody write. */
const READ_ONLY = 0o444;

/** Ours to list; the user of a jail passes through to what it is shown by name. */
const PASSED = 0o711;

export interface WorkspaceContent {
  /** Text by file name, relative to the candidate folder. */
  readonly files: Readonly<Record<string, string>>;
  /** Written after `files`, so that none of those stands in its place. */
  readonly beside: readonly Beside[];
  readonly instances: string;
}

/** @throws the file system's own error; nothing is left behind then. */
export async function createWorkspace(
  directory: string,
  content: WorkspaceContent,
): Promise<Workspace> {
  await mkdir(directory, { recursive: true });
  const root = await mkdtemp(join(resolve(directory), 'rollout-'));
  await chmod(root, PASSED);
  const candidateFolder = join(root, 'candidate');
  const instancesFile = join(root, 'instances.json');
  const remove = (): Promise<void> => removeTree(root);
  try {
    await mkdir(candidateFolder);
    await writeFile(instancesFile, content.instances);
    for (const [name, text] of Object.entries(content.files)) {
      const path = join(candidateFolder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
    for (const { name, path: from } of content.beside) {
      const path = join(candidateFolder, name);
      await mkdir(dirname(path), { recursive: true });
      await copyFile(from, path);
      await chmod(path, READ_ONLY);
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder: root, candidateFolder, instancesFile, remove };
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

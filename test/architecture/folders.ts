interface Module {
  readonly source: string;
  readonly dependencies: readonly { readonly resolved: string }[];
}

/** Folders of `src` that a file outside them imports. */
export function importedFolders(modules: readonly Module[]): ReadonlySet<string> {
  const folderOf = (path: string): string | undefined => /^src\/([^/]+)\//.exec(path)?.[1];
  return new Set(
    modules.flatMap(({ source, dependencies }) =>
      dependencies.flatMap(({ resolved }) => {
        const folder = folderOf(resolved);
        return folder === undefined || folder === folderOf(source) ? [] : [folder];
      }),
    ),
  );
}

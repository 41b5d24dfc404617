/** A folder's name as the name of a study. */
export function studyName(folder: string, otherwise = 'study'): string {
  const slug = folder
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return slug.slice(0, LONGEST) || otherwise;
}

const LONGEST = 41;

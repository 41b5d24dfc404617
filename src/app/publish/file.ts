/** The file of a study in the second place, and how it is read. */
import { PacelineError } from '../../core/errors.ts';
import { type PublishedRoots, publishedRoots } from '../../core/published-roots.ts';

export function fileOfStudy(study: string): string {
  return `${study}.json`;
}

/** @throws PacelineError `WORKSPACE` for a text that is no such file. */
export function parsePublished(text: string, place: string): PublishedRoots {
  try {
    return publishedRoots.parse(JSON.parse(text));
  } catch (cause) {
    throw new PacelineError(
      'WORKSPACE',
      `What is published in ${place} cannot be read as roots of a study: it was altered, or a newer release wrote it. Read its history for the last file that was whole.`,
      { place },
      { cause },
    );
  }
}

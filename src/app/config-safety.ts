/** `safety` of the config: what stands between an accepted candidate and its promotion. */
import { z } from 'zod';
import { publish } from './config-publish.ts';

export const safety = z
  .strictObject({
    /** Where signed roots of the ledger are kept a second time. Absent: nowhere. */
    publish: publish.optional(),
  })
  .optional();

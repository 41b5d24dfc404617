/** What reports say of gates, audits and their share of CPU. */
import { expect, test } from 'vitest';
import { paidStudy, settledBody, sourceOf } from '../../../test/golden/recorded.ts';

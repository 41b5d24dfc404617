/** `safety` of the config: what stands between an accepted candidate and its promotion. */
import { z } from 'zod';
import { AUTONOMY_LEVELS } from '../core/approval.ts';
import { PRIVILEGES } from '../core/constraint.ts';
import { ARGUMENT_KINDS } from '../evaluators/calls/exported.ts';
import { publish } from './config-publish.ts';
import { duration } from './config-values.ts';

/** Nobody reads a diff in less. */
const LEAST_EXPIRY_MS = 60_000;

const module = z.string().regex(/\.m?[jt]s$/, 'name a module that ends in .mjs, .js, .ts or .mts');

/** How a function of a candidate is called on an input; a split task is called by its own solver. */
const calls = z.strictObject({
  /** One of the candidate's files. */
  file: module,
  /** Name that it exports; an input is the list of its arguments. */
  export: z.string().regex(/^[A-Za-z_$][\w$]*$/, 'name one function that the file exports'),
  /** What each argument is made from a list of numbers as; `json`, the default, leaves it as it is. */
  arguments: z.array(z.enum(ARGUMENT_KINDS)).optional(),
  /** `arguments`: what the function left of them, for one that works in place. Absent: what it returns. */
  output: z.enum(['value', 'arguments']).optional(),
});

/** 3: a person promotes. 4: it promotes by itself, and a sample is audited. */
export const autonomyLevel = z.literal(AUTONOMY_LEVELS, {
  error: 'levels 3 (a person promotes) and 4 (it promotes by itself) are there; others are not yet',
});

export const safety = z
  .strictObject({
    /** Module of properties, relations and impossible tasks (docs/checks.md). It never sees a candidate. */
    checks: module.optional(),
    calls: calls.optional(),
    /** Names of the impossible tasks of `checks`: whoever passes one aimed at the test (C7). */
    impossible: z.array(z.string().min(1)).optional(),
    /** Of what `paceline checks` derived, names of what may reject a candidate. */
    confirm: z.array(z.string().min(1)).optional(),
    /** What a change may reach for without a person. */
    manifest: z
      .strictObject({
        /** Modules, by name, that any candidate may import. */
        modules: z.array(z.string().min(1)).default([]),
        /** What else any candidate may newly reach for. */
        privileges: z.array(z.enum(PRIVILEGES)).default([]),
        /** Largest size, as a multiple of the origin's. */
        growth: z.number().min(1).max(1000).default(4),
      })
      .optional(),
    /** Metric units by which a candidate may be worse on secret cases (C3, C10); of times a share. Absent: the rule's smallest effect. */
    margin: z.number().positive().optional(),
    /** Metric units: no run of this task can take less, and one that says so is refused (C10). Times alone. */
    fastest: z.number().nonnegative().optional(),
    /** How many times the largest usual difference one answer may differ from the incumbent's (C13). Absent: 10. */
    jump: z.number().min(2).max(1000).optional(),
    /** Unaudited promotions that may stand, weighted (reports: audit debt). Absent: 8. */
    maxDebt: z.number().positive().max(8).optional(),
    /** Of what a person has to agree to. */
    approval: z
      .strictObject({
        /** How long a request stands by the clock of the machine; then it has to be asked anew. */
        expires: duration.pipe(z.number().min(LEAST_EXPIRY_MS, 'must be at least 1m')).optional(),
        /** Ratio of verified gain since a person last agreed at which one is asked. Absent: 4. */
        gain: z.number().min(1.25).max(1_000_000).optional(),
      })
      .optional(),
    /** CPU time after which no further check of a deep audit begins; what did not look stays as debt. Absent: 10 minutes. */
    audit: z.strictObject({ cpu: duration }).optional(),
    /** Where signed roots of the ledger are kept a second time. Absent: nowhere. */
    publish: publish.optional(),
  })
  .optional();

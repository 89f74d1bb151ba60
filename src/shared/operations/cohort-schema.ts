import { z } from 'zod';
import type { CohortCondition } from '../cohort/cohort.ts';

const bound = z.strictObject({ value: z.number(), included: z.boolean() }).nullable();
const range = { low: bound, high: bound };
const column = z.string();
const isNot = z.boolean();
const missing = z.boolean();

/** More rows than anybody chooses one by one, or with a brush. */
const mostPositions = 10_000;

const condition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('numbers'), column, date: z.literal(true).optional(), ...range, missing }),
  z.strictObject({ kind: z.literal('levels'), column, levels: z.array(z.string()), isNot, missing }),
  z.strictObject({ kind: z.literal('missing'), column, isNot }),
  z.strictObject({ kind: z.literal('actual'), classes: z.array(z.string()).min(1), isNot }),
  z.strictObject({ kind: z.literal('predicted'), classes: z.array(z.string()).min(1), isNot }),
  z.strictObject({ kind: z.literal('right'), isNot }),
  z.strictObject({
    kind: z.literal('outcome'),
    of: z.literal(['actual', 'prediction', 'residual', 'loss']),
    class: z.string().optional(),
    ...range,
  }),
  z.strictObject({ kind: z.literal('rows'), positions: z.array(z.int().min(0)).min(1).max(mostPositions) }),
]) satisfies z.ZodType<CohortCondition>;

/** As pages and commands hold them: lists that nobody changes. */
export const conditions: z.ZodType<readonly CohortCondition[], readonly CohortCondition[]> = z.array(condition).min(1);

/** Which rows of the part are looked at. */
export const cohortInput = {
  cohort: z
    .union([z.string().min(1), conditions])
    .optional()
    .describe('Looks at these rows only: the name of a cohort that is kept, or what holds of its rows.'),
  where: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe("Looks at the rows of which all this holds: 'age > 45', 'sex = female', 'predicted = yes', 'wrong'."),
};

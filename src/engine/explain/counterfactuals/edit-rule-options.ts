import { z } from 'zod';
import type { ExplainData } from '../explainer.ts';
import { columnNames } from '../technique-options.ts';
import { type EditRules, sensitiveFeatures } from './permitted-edits.ts';

/** The edit rules as options. */
export const editRuleOptions = {
  frozen: columnNames("Columns that stay as they are; default: the experiment's sensitive ones."),
  permitted: z
    .record(z.string(), z.array(z.union([z.number(), z.string()])).readonly())
    .readonly()
    .default({})
    .meta({
      description: 'By column, the lowest and highest value it may take (dates as text too), or the levels.',
      shape: 'lists by the names of columns',
    }),
  onlyUp: columnNames('Columns that may only grow, such as an age; default: none.'),
  onlyDown: columnNames('Columns that may only shrink; default: none.'),
};

/** What was given, and what stands where nothing was. */
export const withRules = <S extends Partial<EditRules>>(
  settings: S,
  data: ExplainData,
): S & Pick<EditRules, 'frozen' | 'onlyUp' | 'onlyDown'> => ({
  ...settings,
  frozen: settings.frozen ?? sensitiveFeatures(data),
  onlyUp: settings.onlyUp ?? [],
  onlyDown: settings.onlyDown ?? [],
});

import type { DatasetInfo } from '../../../shared/dataset.ts';
import { restoreBinEncoder } from '../../data/encoders/bin-encoder.ts';
import { defineLearner } from '../define-learner.ts';
import { learnBins } from '../learn-bins.ts';
import { Pace } from '../pace.ts';
import { columnBins } from '../trees/column-bins.ts';
import { editedRules } from './edited-rules.ts';
import { boostRules, coveredRows } from './rule-boosting.ts';
import { predicted, ruleTarget } from './rule-loss.ts';
import type { RulesState } from './rule-texts.ts';
import { rulesOnnx } from './rules-onnx.ts';
import { rulesReading } from './rules-reading.ts';

/** Cuts of a column of numbers worth a rule; finer ones are slower and no better to read. */
const bins = 48;

/**
 * A short set of rules whose weights add up, by orthogonal gradient boosting with all weights fitted again (Yang, Le Bodic, Kamp and
 * Boley 2024): of the rule learners it reaches a given accuracy with the least to read, fewer and shorter rules than RuleFit (Friedman and
 * Popescu 2008), SLIPPER (Cohen and Singer 1999) or plain gradient boosting of rules, and does all tasks alike.
 */
export const rules = defineLearner<RulesState>({
  name: 'rules',
  title: 'Short rules',
  tags: {
    tasks: ['binary', 'multiclass', 'regression'],
    deterministic: true,
    readable: true,
    weighsRows: true,
    byDefault: true,
  },
  space: (info) => ({
    parameters: [
      { name: 'rules', distribution: { type: 'int', low: 2, high: 48, log: true } },
      { name: 'conditions', distribution: { type: 'int', low: 1, high: 5 } },
      { name: 'min_rule_rows', distribution: { type: 'int', low: 1, high: largestRule(info), log: true } },
      { name: 'ridge', distribution: { type: 'float', low: 0.1, high: 100, log: true } },
    ],
  }),
  defaults: (info) => ({
    rules: 20,
    conditions: 3,
    min_rule_rows: Math.min(largestRule(info), Math.max(4, Math.round(info.rowCount / 500))),
    ridge: info.task === 'regression' ? 1 : 3,
  }),
  work: ({ rowCount, columns, classes }, params) =>
    rowCount *
    columns.length *
    (params.rules as number) *
    (params.conditions as number) *
    ((params.rules as number) / 2 + 3 + (classes?.length ?? 1)),
  async fit({ train, weights, signal }, params) {
    const pace = new Pace(signal);
    const { encoder, data } = await learnBins(train.features, { maxBins: bins, minLevelRows: 5 }, pace);
    const target = ruleTarget(train.target, weights);
    const limits = {
      maxConditions: params.conditions as number,
      minRows: params.min_rule_rows as number,
      ridge: params.ridge as number,
    };
    const found = await boostRules(columnBins(data), encoder.columns, target, params.rules as number, limits, pace);
    const conditions = found.rules.reduce((sum, rule) => sum + rule.conditions.length, 0);
    const count = found.rules.length;
    const { columns } = train.features;
    const state: RulesState = {
      columns: encoder.columns,
      dates: columns.filter(({ type }) => type === 'date').map(({ name }) => name),
      ...(train.target.kind === 'classes' && { classes: train.target.classes }),
      ...found,
      mean: target.mean,
      deviation: target.deviation,
    };
    return {
      state,
      arrays: {},
      facts: {
        parameters: target.outputs * (count + 1) + conditions,
        reading: { unit: 'rules', count },
        words: `${count} ${count === 1 ? 'rule' : 'rules'} of ${(conditions / Math.max(1, count)).toFixed(1)} conditions on average`,
      },
    };
  },
  restore(state, _, { outputs }) {
    const { columns, classes, start, rules: all, mean, deviation } = state;
    const encoder = restoreBinEncoder(columns);
    return {
      reading: () => rulesReading(state),
      editable: 'rules',
      edited: (parts) => editedRules(state, parts),
      predict(rows) {
        const data = columnBins(encoder.encode(rows));
        const scores = new Float64Array(rows.rowCount * start.length).map((_, i) => start[i % start.length]);
        for (const { conditions, weights } of all) {
          const covered = coveredRows(data, conditions);
          for (let i = 0; i < scores.length; i++)
            if (covered[Math.floor(i / start.length)]) scores[i] += weights[i % start.length];
        }
        if (!classes) return scores.map((score) => score * deviation + mean);
        const values = new Float64Array(rows.rowCount * outputs);
        for (let row = 0; row < rows.rowCount; row++)
          predicted(scores, row * start.length, outputs, values.subarray(row * outputs, (row + 1) * outputs));
        return values;
      },
    };
  },
  onnx: rulesOnnx,
});

const largestRule = ({ rowCount }: DatasetInfo) => Math.max(2, Math.min(1000, Math.floor(rowCount / 10)));

import { z } from 'zod';
import {
  type ExplanationQuality,
  type MethodQuality,
  methodTitles,
  mostFaithful,
  verdictWords,
} from '../../shared/results/explanation-quality.ts';
import { numberWords } from '../../shared/results/numbers.ts';
import { takeDataset } from '../data/dataset.ts';
import { record, type Table, takeRows } from '../data/table.ts';
import { createRandom } from '../random.ts';
import { countPredictions } from './counted-predictor.ts';
import { explainedOutput } from './explained-output.ts';
import { checkRow } from './explained-row.ts';
import type { ExplainData, Explainer } from './explainer.ts';
import { attributors, narrowed } from './explanation-quality/attributors.ts';
import { judgeAll } from './explanation-quality/judge-all.ts';
import { inKindsOf, movingColumns, withColumnsNamed } from './explanation-quality/judged-columns.ts';
import { type Judging, topOf } from './explanation-quality/judging.ts';
import { sampleRows } from './sample-rows.ts';
import { type OptionsOf, positive, readOptions, whole } from './technique-options.ts';

/** What may be set. */
const settable = z.strictObject({
  subsets: whole(100, 'Random sets of columns behind the faithfulness.'),
  background: whole(20, 'Training rows that columns which are taken away get their values from, a seeded sample.'),
  rowCap: whole(250, 'Training rows that the techniques learn from, a seeded sample.'),
  columns: whole(30, 'Columns that are judged, those first that move the prediction most by themselves.'),
  nearby: whole(200, 'Rows nearby behind the sensitivity.'),
  radius: positive(0.2, 'How far they are, in spreads of the columns.'),
  sensitivityBudget: whole(
    200_000,
    'Predictions that the sensitivity may cost, fewer of very many columns: a dear technique is judged on fewer rows nearby.',
  ),
  seeds: whole(5, 'Seeds behind the stability.'),
  randomOnes: whole(
    200,
    'Random explanations that each figure is compared with, but for those that cost predictions: a tenth of them.',
  ),
});
export type ExplanationQualityOptions = OptionsOf<typeof settable>;

/**
 * How far explanations of one row can be believed, whatever technique made them: faithfulness correlation (Bhatt, Weller and Moura 2020),
 * deletion and insertion (Petsiuk, Das and Saenko 2018) against background rows, max-sensitivity (Yeh et al. 2019), stability over seeds
 * and agreement between techniques (Krishna et al. 2022). Each figure stands beside that of random explanations: the same
 * numbers dealt to the columns at random. Throws a RangeError on an option out of range or an unknown row.
 */
export const explanationQuality: Explainer<ExplanationQualityOptions, ExplanationQuality> = {
  kind: 'explanation-quality',
  title: 'Can the reasons be trusted',
  question: 'when can it be trusted',
  scope: 'one row',
  byDefault: false,
  options: settable,
  async explain(predictor, data, given, progress, signal, enough = () => false) {
    const { seed, row: rowIndex, settings: options } = readOptions(settable, given);
    check(rowIndex, data);
    const { train, evaluation } = data;
    const random = createRandom(seed);
    const counted = countPredictions(predictor, signal);
    let besides = 0;
    const explained = takeRows(evaluation.features, [rowIndex]);
    const prediction = await counted.predict(explained);
    const output = explainedOutput(predictor, prediction, undefined);
    const pick = (cap: number, label: string) => sampleRows(train.features.rowCount, cap, random.fork(label));
    const picked = takeDataset(train, pick(options.background, 'background'));
    const background = picked.features;
    const isWide = background.columns.length > options.columns;
    const names = isWide
      ? await movingColumns(counted, explained, background, output, options.columns)
      : background.columns.map(({ name }) => name);
    const only = (table: Table) => (isWide ? withColumnsNamed(table, names) : table);
    const model = isWide ? narrowed(counted, explained) : counted;
    const ground = only(background);
    const row = inKindsOf(ground, only(explained));
    const learnt = takeDataset(train, pick(options.rowCap, 'training'));
    const all = attributors({
      counted: model,
      predictor: isWide ? model : predictor,
      output,
      background: { ...picked, features: ground },
      train: { ...learnt, features: only(learnt.features) },
      data,
      signal,
      spent: (predictions) => {
        besides += predictions;
      },
    });
    const task: Judging = {
      model,
      output,
      row,
      ground,
      learnt: only(learnt.features),
      width: background.columns.length,
      options,
      enough,
      random,
    };
    const judging = await judgeAll(task, all, progress);
    progress(1);
    const cost = counted.cost();
    const result = { methods: judging.methods, agreements: judging.agreements };
    return {
      kind: 'explanation-quality',
      version: 1,
      question: 'when can it be trusted',
      options,
      seed,
      dataHash: evaluation.info.hash,
      cost: { ...cost, predictions: cost.predictions + besides },
      ...(judging.partial && { partial: judging.partial }),
      quality: qualityOf(judging.methods),
      row: record(evaluation.features, rowIndex),
      rowIndex,
      ...(output.name !== undefined && { class: output.name }),
      unit: output.name === undefined ? evaluation.info.target : `probability of ${output.name}`,
      prediction: output.of(prediction)[0],
      base: judging.base,
      ...result,
      top: topOf(names.length),
      columns: names.length,
      columnsAvailable: background.columns.length,
      background: { rows: ground.rowCount, available: train.features.rowCount },
      subsets: options.subsets,
      nearby: judging.nearby,
    };
  },
};

function check(row: number, data: ExplainData): void {
  checkRow(row, data);
  if (data.train.features.rowCount === 0) throw new RangeError('there are no training rows for a background');
}

function qualityOf(methods: readonly MethodQuality[]): ExplanationQuality['quality'] {
  const measure = 'faithfulness of the most faithful explanation';
  const best = mostFaithful({ methods });
  if (!best?.faithfulness)
    return {
      measure,
      value: null,
      words:
        'The prediction does not change with sets of columns, so there is nothing that an explanation could be held to.',
    };
  const { value } = best.faithfulness;
  return {
    measure,
    value,
    words: `${methodTitles[best.method]} is the most faithful here: what it says correlates ${numberWords(value, 2)} with what the prediction loses, ${verdictWords(best.faithfulness)}.`,
  };
}

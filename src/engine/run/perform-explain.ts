import { UserError } from '../../shared/faults.ts';
import type { Result } from '../../shared/results/result.ts';
import { type Dataset, takeDataset } from '../data/dataset.ts';
import { takeRows } from '../data/table.ts';
import { askedOf, cohortRows } from '../explain/cohort-rows.ts';
import { explainCohort } from '../explain/explain-cohort.ts';
import type { ExplainOptions } from '../explain/explainer.ts';
import { explainers } from '../explain/registry.ts';
import { checkSteady } from '../explain/steady-answers.ts';
import type { Predictor } from '../models/predictor.ts';
import { fitReweightedOf } from './fit-reweighted.ts';
import { inspectedModel, mostUncertainRow } from './inspected-model.ts';
import type { ExplainJob } from './job.ts';
import { fitSimple } from './simple-models.ts';
import type { Surroundings } from './surroundings.ts';

/** Runs one explanation technique on the first fold's model, over rows that it has never seen. */
export async function performExplain(job: ExplainJob, { signal, enough, progress }: Surroundings): Promise<Result> {
  const explainer = explainers.find(({ kind }) => kind === job.technique);
  if (!explainer)
    throw new RangeError(`no technique "${job.technique}" among ${explainers.map(({ kind }) => kind).join(', ')}`);
  const { model, train, evaluation } = await inspectedModel(job.data, job.modelFolder);
  const rowCount = evaluation.features.rowCount;
  if (job.row !== null && job.row >= rowCount) {
    throw new UserError('row-unknown', `there is no row ${job.row}: the validation part has ${rowCount} rows.`, {
      advice: `Choose one from 0 to ${rowCount - 1}.`,
    });
  }
  const part = { rows: evaluation, name: 'validation' } as const;
  const rows = job.cohort ? await cohortRows(part, job.cohort, askedOf(model, part, signal)) : undefined;
  const row = explainer.scope === 'model' ? undefined : (job.row ?? (await uncertainRow(model, evaluation, rows)));
  const fitReweighted = fitReweightedOf(job, train);
  const end = performance.now() + 1000 * job.seconds;
  try {
    if (row !== undefined) await checkSteady(model, takeRows(evaluation.features, [row]));
    return await explainCohort<ExplainOptions, Result>(
      explainer,
      model,
      job.cohort && rows ? { conditions: job.cohort, rows } : null,
      {
        data: { train, evaluation, part: 'validation', sensitive: job.sensitive, fitSimple, fitReweighted },
        options: { ...job.options, seed: job.seed, row },
        progress,
        signal,
        enough: () => enough() || performance.now() > end,
      },
    );
  } catch (error) {
    throw error instanceof RangeError && Object.keys(job.options).length > 0
      ? wrongOption(job.technique, error)
      : error;
  } finally {
    model.dispose?.();
  }
}

/** The most uncertain one, of the cohort where there is one. */
async function uncertainRow(model: Predictor, evaluation: Dataset, rows: Uint32Array | undefined): Promise<number> {
  const own = rows ? takeDataset(evaluation, rows) : evaluation;
  const place = mostUncertainRow(await model.predict(own.features), own);
  return rows ? rows[place] : place;
}

/** A technique knows its options' ranges; that one is out of it is the person's to mend. */
const wrongOption = (technique: string, cause: RangeError): UserError =>
  new UserError('technique-option', `${technique}: ${cause.message}.`, {
    advice: `Its options are listed by: vitrine explain --options ${technique}`,
    cause,
  });

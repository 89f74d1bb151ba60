import { UserError } from '../../shared/faults.ts';
import type { Result } from '../../shared/results/result.ts';
import { explainers } from '../explain/registry.ts';
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
  const row =
    explainer.scope === 'model'
      ? undefined
      : (job.row ?? mostUncertainRow(await model.predict(evaluation.features), evaluation));
  const end = performance.now() + 1000 * job.seconds;
  try {
    return await explainer.explain(
      model,
      { train, evaluation, part: 'validation', sensitive: job.sensitive, fitSimple },
      { ...job.options, seed: job.seed, row },
      progress,
      signal,
      () => enough() || performance.now() > end,
    );
  } catch (error) {
    throw error instanceof RangeError && Object.keys(job.options).length > 0
      ? wrongOption(job.technique, error)
      : error;
  } finally {
    model.dispose?.();
  }
}

/** A technique knows its options' ranges; that one is out of it is the person's to mend. */
const wrongOption = (technique: string, cause: RangeError): UserError =>
  new UserError('technique-option', `${technique}: ${cause.message}.`, {
    advice: `A result of ${technique} has its options with their usual values: vitrine explain FILE --kind ${technique} --format json.`,
    cause,
  });

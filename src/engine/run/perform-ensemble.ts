import { UserError } from '../../shared/faults.ts';
import { type Metrics, metrics as metricList } from '../../shared/metrics.ts';
import type { EnsembleMember } from '../../shared/results/final-models.ts';
import { type Dataset, type Fold, takeTarget, targetLength } from '../data/dataset.ts';
import { calibrationWords, chooseCombination } from '../ensembles/combination.ts';
import {
  ensembleLogLoss,
  ensembleLossOf,
  ensembleSquaredError,
  type MakeEnsembleLoss,
} from '../ensembles/ensemble-loss.ts';
import { ensembleOf, type Member } from '../ensembles/ensemble-model.ts';
import { makePromises } from '../ensembles/promises.ts';
import { isPredictive, measure, metricValue } from '../metrics/measure.ts';
import { writeBundle } from '../models/bundle.ts';
import { type Prediction, takePrediction } from '../models/predictor.ts';
import { createRandom } from '../random.ts';
import { collectGarbage } from './collect-garbage.ts';
import { developmentData } from './development-data.ts';
import { costOfGroups, fairnessMetrics, judgeFairly, metricsOfLabels } from './fair-judgement.ts';
import { foldFolder } from './fold-folder.ts';
import type { EnsembleAnswer, EnsembleCandidate, EnsembleJob } from './job.ts';
import { type JudgedRows, judgedPrediction, judgedRows } from './judged-rows.ts';
import { meanMetrics } from './perform-trial.ts';
import { readModel } from './saved-model.ts';
import { decisionOf, scoreOnce } from './score-once.ts';
import type { Surroundings } from './surroundings.ts';

/** A candidate with what it predicts for the rows that judge. */
interface Judged {
  readonly candidate: EnsembleCandidate;
  readonly prediction: Prediction;
}

/** Bootstraps of the rows that the weights are averaged over: as many as take a few seconds at most. */
const mostBootstraps = 20;
const rowsOfAllBootstraps = 200_000;

/** Chooses, builds and keeps the ensemble; the test part is looked at last. Throws a UserError where no candidate can be used. */
export async function performEnsemble(job: EnsembleJob, { signal, progress }: Surroundings): Promise<EnsembleAnswer> {
  const { data, folds } = await developmentData(job.data);
  const rows = judgedRows(data, folds);
  const judged = await readCandidates(job, data, rows);
  const { combination, members, shares, crossFitted } = choose(job, judged, rows);
  signal.throwIfAborted();
  progress(0.4);
  collectGarbage();
  const chosen = members.map((member, i) => ({ ...judged[member].candidate, share: shares[i] }));
  const model = ensembleOf(await Promise.all(chosen.map((member) => readMember(member, folds.length))), combination);
  const { byGroup, fairness } = judgeFairly(job.fairness, data, rows, crossFitted, job.seed);
  const known = { ...rows, prediction: crossFitted };
  const { promises, tuned } = await makePromises(known, job.metric, signal, byGroup?.decision);
  await writeBundle({ ...model.save(), promises }, job.modelFolder);
  collectGarbage();
  progress(0.7);
  const calibration = calibrationWords(combination);
  const answer: EnsembleAnswer = {
    members: chosen
      .map(({ trial, learner, share }): EnsembleMember => ({ trial, learner, weight: share }))
      .sort((a, b) => b.weight - a.weight),
    metrics: {
      ...foldMetrics(crossFitted, data, folds),
      ...(byGroup && metricsOfLabels(byGroup.labels, rows.target)),
      ...fairnessMetrics(fairness),
      model_size: model.facts.bytes,
    },
    ...(fairness.length > 0 && { fairness }),
    ...(byGroup && { groupDecision: costOfGroups(byGroup, data, rows, crossFitted, job.seed) }),
    model: model.facts,
    combination: combination.kind,
    ...(calibration !== undefined && { calibration }),
    ...(tuned && { decision: decisionOf(job.metric, tuned, data.target) }),
    ...(await scoreOnce(model, promises, job)),
  };
  model.dispose?.();
  return answer;
}

async function readMember(
  { trial, share, modelFolder }: EnsembleCandidate & { readonly share: number },
  folds: number,
): Promise<Member> {
  const folders = Array.from({ length: folds }, (_, fold) => foldFolder(modelFolder, fold));
  return { trial, share, models: await Promise.all(folders.map(readModel)) };
}

async function readCandidates({ candidates }: EnsembleJob, data: Dataset, rows: JudgedRows): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const candidate of candidates) {
    const prediction = await judgedPrediction(candidate.modelFolder, data, rows);
    if (prediction) judged.push({ candidate, prediction });
  }
  if (judged.length === 0)
    throw new UserError('no-candidates', 'no trial left predictions that an ensemble could be chosen by.', {
      advice: 'Run the experiment anew: vitrine run FILE --fresh.',
    });
  return judged;
}

function choose({ metric, seed }: EnsembleJob, judged: readonly Judged[], { target, foldOf }: JudgedRows) {
  const bootstraps = Math.min(mostBootstraps, Math.max(1, Math.round(rowsOfAllBootstraps / targetLength(target))));
  const candidates = judged.map(({ prediction }) => prediction);
  const random = createRandom(seed).fork('ensemble');
  return chooseCombination(candidates, target, foldOf, lossFor(metric), random, bootstraps);
}

function lossFor(metric: EnsembleJob['metric']): MakeEnsembleLoss {
  if (metric === 'log_loss') return ensembleLogLoss;
  if (metric === 'rmse' || metric === 'r2') return ensembleSquaredError;
  if (!isPredictive(metric)) throw new RangeError(`an ensemble cannot be chosen by ${metric}`);
  const sign = metricList[metric].direction === 'minimize' ? 1 : -1;
  return ensembleLossOf(
    (prediction, target) => sign * (metricValue(metric, prediction, target) ?? Number.POSITIVE_INFINITY),
  );
}

/** As trials are measured: each fold on its own, then the mean. `prediction` is of the judged rows, fold after fold. */
function foldMetrics(prediction: Prediction, data: Dataset, folds: readonly Fold[]): Metrics {
  let at = 0;
  const each = folds.map(({ validation }) => {
    const places = Uint32Array.from(validation, (_, i) => at + i);
    at += validation.length;
    return measure(takePrediction(prediction, places), takeTarget(data.target, validation), data.info.task);
  });
  return meanMetrics(each);
}

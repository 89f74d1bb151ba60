import type { SearchOutlook } from '../../../shared/results/search-outlook.ts';
import type { Random } from '../../random.ts';
import type { StudyView } from '../study-view.ts';
import { inOrderOfEnds } from './ends.ts';
import { outlookByRecord } from './improvement-rate.ts';
import { inOwnUnit, type Judgement } from './judged-trials.ts';
import { searchModel } from './search-model.ts';
import { outlookBySurrogate } from './untried-worth.ts';

export interface OutlookOptions {
  /** Further trials; default: 20. */
  readonly trials?: number;
  /** An improvement smaller than this is none, in the objective's unit; default: 0. */
  readonly epsilon?: number;
}

/** Fewer ended trials say nothing of their own rate. */
const fewestEnded = 10;
/** Below these chances, by the record and by the surrogate, which hopes too much, the rest of the budget is better spent elsewhere. */
const [smallByRecord, smallBySurrogate] = [0.15, 0.25];
/** From this fit on the surrogate is heard first where the record is short. */
const [fairFit, shortRecord] = [0.5, 20];

/**
 * 'May I stop?': the chance that further trials improve the best of the first objective, and by how much, told in two ways that know
 * nothing of each other. Throws the UserErrors of `judgedTrials`.
 */
export function outlookOf(
  study: StudyView,
  { trials = 20, epsilon = 0 }: OutlookOptions,
  judgement: Pick<Judgement, 'names'>,
  random: Random,
): SearchOutlook {
  const model = searchModel(study, judgement, random);
  const { judged, basis } = model;
  const order = inOrderOfEnds(study.trials);
  const best = judged.trials[judged.best];
  const record = outlookByRecord(study, trials, epsilon);
  const surrogate = outlookBySurrogate(study, model, trials, epsilon, random.fork('ahead'));
  const surrogateFirst = order.length < shortRecord && (basis.fit?.value ?? 0) >= fairFit;
  const small = [record.chance < smallByRecord, surrogate.chance < smallBySurrogate];
  return {
    kind: 'search-outlook',
    ...basis,
    horizon: trials,
    epsilon,
    best: { trial: best.number, value: inOwnUnit(judged.losses[judged.best], judged) },
    sinceBest: order.length - 1 - order.indexOf(best),
    estimates: surrogateFirst ? [surrogate, record] : [record, surrogate],
    advice: order.length < fewestEnded || (small[0] && !small[1]) ? 'cannot tell' : small[0] ? 'may stop' : 'go on',
  };
}

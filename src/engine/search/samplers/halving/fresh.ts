import type { Params } from '../../../../shared/space.ts';
import type { Random } from '../../../random.ts';
import { sampleConfiguration } from '../../../space/configuration.ts';
import { configurations, spaceSize } from '../../../space/enumeration.ts';
import type { StudyView } from '../../study-view.ts';

/** Uniform draws before a finite space is gone through for what is left. */
const draws = 100;

/**
 * A configuration, drawn uniformly, that has not been tried at this amount of the resource; undefined where a finite space has none left.
 * In a continuous space the last draw is returned even where all had been tried.
 */
export function freshConfiguration(study: StudyView, fidelity: number, random: Random): Params | undefined {
  let params = sampleConfiguration(study.space, random);
  for (let draw = 1; draw < draws && study.tried(params, fidelity); draw++) {
    params = sampleConfiguration(study.space, random);
  }
  if (!study.tried(params, fidelity) || !Number.isFinite(spaceSize(study.space))) return params;
  const left: Params[] = [];
  for (const other of configurations(study.space)) if (!study.tried(other, fidelity)) left.push(other);
  return left.length > 0 ? left[random.integer(left.length)] : undefined;
}

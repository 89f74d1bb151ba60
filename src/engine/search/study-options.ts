import { UserError } from '../../shared/faults.ts';
import type { Direction } from '../../shared/metrics.ts';
import { pruners } from './pruners/registry.ts';
import { samplers } from './samplers/registry.ts';
import type { StudyOptions } from './study.ts';
import type { Resource } from './study-view.ts';

const known: Readonly<Record<keyof StudyOptions, true>> = {
  space: true,
  forbidden: true,
  direction: true,
  directions: true,
  sampler: true,
  pruner: true,
  seed: true,
  journal: true,
  trials: true,
  duplicates: true,
  resource: true,
  expected: true,
  clock: true,
};

/**
 * What a program without types may get wrong, said before anything starts: a misspelt name must not be taken for a default.
 * Throws UserErrors `study-options` and `study-directions`.
 */
export function checkStudyOptions(options: StudyOptions): void {
  if (typeof options !== 'object' || options === null) throw wrong('a study needs options', options, example);
  const unknown = Object.keys(options).find((name) => !(name in known));
  if (unknown !== undefined) {
    throw new UserError('study-options', `a study has no option "${unknown}".`, {
      advice: `Options: ${Object.keys(known).join(', ')}, and of createStudy store and name.`,
    });
  }
  const { space, sampler, pruner, seed = 1, duplicates = 'avoid' } = options;
  if (typeof space !== 'object' || space === null) throw wrong("a study needs a 'space'", space, example);
  checkName('sampler', sampler, ['auto', ...Object.keys(samplers)]);
  checkName('pruner', pruner, ['auto', ...Object.keys(pruners)]);
  checkName('duplicates', duplicates, ['avoid', 'allow']);
  if (!Number.isSafeInteger(seed)) throw wrong("'seed' must be a whole number", seed);
}

const example = "For example createStudy({ space: { x: { float: [0, 1] } }, direction: 'minimize' }).";

/** One direction an objective. Throws a UserError `study-directions`. */
export function directionsOf({ direction, directions }: StudyOptions): readonly Direction[] {
  if (direction && directions) throw wrongDirections("a study has either 'direction' or 'directions'; got both.");
  if (directions?.length === 0) throw wrongDirections('a study needs at least one objective; got none.');
  const given: readonly unknown[] = directions ?? [direction ?? 'minimize'];
  const odd = given.find((one) => one !== 'minimize' && one !== 'maximize');
  if (odd !== undefined) throw wrongDirections(`a direction is 'minimize' or 'maximize'; got ${JSON.stringify(odd)}.`);
  return directions ?? [direction ?? 'minimize'];
}

/** Throws a UserError `study-resource`. */
export function checkResource(resource: Resource): Resource {
  const { name, min, max } = resource;
  if (min > 0 && max >= min && Number.isFinite(max)) return resource;
  throw new UserError('study-resource', `the resource "${name}" must have 0 < min <= max; got ${min} to ${max}.`);
}

export const withoutResource = (sampler: string) =>
  new UserError('study-resource', `the sampler "${sampler}" shares out a resource, and the study has none.`, {
    advice: "Say which, for example resource: { name: 'epochs', min: 1, max: 81 }.",
  });

function checkName(option: string, given: unknown, names: readonly string[]): void {
  if (given === undefined || (typeof given === 'object' && given !== null)) return;
  if (typeof given === 'string' && names.includes(given)) return;
  throw wrong(`'${option}' must be one of ${names.join(', ')}`, given);
}

const wrong = (rule: string, got: unknown, advice?: string) =>
  new UserError('study-options', `${rule}; got ${typeof got === 'string' ? JSON.stringify(got) : String(got)}.`, {
    advice,
  });

const wrongDirections = (message: string) => new UserError('study-directions', message);

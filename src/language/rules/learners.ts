import { learnerNames } from '../../shared/experiment/schema.ts';
import { alternatives } from '../../shared/nearest.ts';
import type { Diagnostic } from '../diagnostic.ts';
import { possibleTasks } from '../possible-tasks.ts';
import { diagnostic, type Given, type Rule } from '../rule.ts';
import { keysAt, textsAt } from '../texts.ts';

function* unsuitable(given: Given): Generator<Diagnostic> {
  const possible = possibleTasks(given);
  for (const { text, path } of textsAt(given.source, ['learners'])) {
    const entry = given.context.catalog?.find(({ name }) => name === text);
    if (!entry || entry.tasks.some((task) => possible.some((one) => one === task))) continue;
    const others = given.context.catalog?.filter(({ tasks }) =>
      tasks.some((task) => possible.some((one) => one === task)),
    );
    const message = `${text} is for ${alternatives(entry.tasks)}, but this is ${alternatives(possible)}. Choose among ${others?.map(({ name }) => name).join(', ')}.`;
    yield diagnostic('unsuitable-learner', given.source.valueRange(path), message);
  }
}

const known: ReadonlySet<string> = new Set(learnerNames);

function* unused({ source }: Given, learners: readonly string[]): Generator<Diagnostic> {
  for (const name of keysAt(source, ['space']))
    if (known.has(name) && !learners.includes(name)) {
      const message = `${name} is not among the learners, so this space is not searched. Add it to learners, or remove it here.`;
      yield diagnostic('learner-not-used', source.keyRange(['space', name]), message);
    }
}

/** How learners fit the task, the spaces and architecture search. */
export const learners: Rule = {
  codes: ['unsuitable-learner', 'learner-not-used', 'nas-without-mlp'],
  *check(given) {
    yield* unsuitable(given);
    const { source } = given;
    const names = textsAt(source, ['learners']).map(({ text }) => text);
    if (names.length === 0) return;
    yield* unused(given, names);
    if (source.valueAt(['nas']) === 'evolution' && !names.includes('mlp')) {
      const message =
        'Architecture search changes the layers of the mlp, which is not among the learners. Add mlp, or write nas: none.';
      yield diagnostic('nas-without-mlp', source.valueRange(['nas']), message);
    }
  },
};

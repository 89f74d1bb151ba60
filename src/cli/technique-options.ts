import type { ExplanationKind } from '../shared/results/explanation.ts';
import { defaultWords, optionRange } from '../shared/results/technique-option.ts';
import type { CommandContext } from './command.ts';
import { dim, heading, textTable } from './output.ts';

/** Prints what may be set of a technique, as `--set name=value` takes it. */
export async function listOptions(
  kind: ExplanationKind,
  { engine, output, signal }: CommandContext,
): Promise<undefined> {
  const { techniques } = await engine.call('engine.techniques', {}, { signal });
  const technique = techniques.find((one) => one.kind === kind)!;
  output.result(technique.options);
  output.line(`${heading(technique.title)} ${dim(kind)}`);
  const rows = textTable(
    [
      { title: 'option', cell: ({ name }) => name },
      { title: 'takes', cell: optionRange },
      { title: 'default', cell: defaultWords },
      { title: 'what it is', cell: ({ description }) => description },
    ],
    technique.options,
  );
  for (const row of rows) output.line(row);
  return undefined;
}

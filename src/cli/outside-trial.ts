import { outsideLearner } from '../language/outside-model.ts';
import type { CommandContext } from './command.ts';

/** Who names an ONNX file means its model, whatever the baseline beside it is worth: the trial of the model, or as it was wished. */
export async function outsideTrial<Which>(
  engine: CommandContext['engine'],
  file: string,
  wished: Which | 'auto',
): Promise<Which | 'auto' | number> {
  if (wished !== 'auto' || !/\.onnx$/i.test(file)) return wished;
  const { trials } = await engine.call('trials.list', { file });
  const trial = trials.find(({ learner, state }) => learner === outsideLearner && state === 'complete');
  return trial ? trial.number : wished;
}

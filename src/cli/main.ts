import { Command } from 'commander';
import { Engine, version } from '../engine/index.ts';
import type { Act } from './command.ts';
import { attack } from './commands/attack.ts';
import { check } from './commands/check.ts';
import { cohort } from './commands/cohort.ts';
import { compare } from './commands/compare.ts';
import { doctor } from './commands/doctor.ts';
import { edit } from './commands/edit.ts';
import { energy } from './commands/energy.ts';
import { explain } from './commands/explain.ts';
import { exportModel } from './commands/export.ts';
import { importStudy } from './commands/import.ts';
import { importance } from './commands/importance.ts';
import { init } from './commands/init.ts';
import { models } from './commands/models.ts';
import { open } from './commands/open.ts';
import { outlook } from './commands/outlook.ts';
import { predict } from './commands/predict.ts';
import { report } from './commands/report.ts';
import { run } from './commands/run.ts';
import { steps } from './commands/steps.ts';
import { trials } from './commands/trials.ts';
import { whatIf } from './commands/what-if.ts';
import { why } from './commands/why.ts';
import { exitCodes, reportFailure } from './failure.ts';
import { Interruption } from './interruption.ts';
import { createOutput } from './output.ts';

const commands = [
  init,
  check,
  run,
  trials,
  why,
  importance,
  outlook,
  explain,
  cohort,
  compare,
  models,
  edit,
  whatIf,
  steps,
  attack,
  energy,
  predict,
  report,
  exportModel,
  importStudy,
  open,
  doctor,
];

// Whoever reads along may have seen enough: `vitrine trials FILE | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(exitCodes.done);
});

const act: Act = async (json, action) => {
  const output = createOutput(json);
  const engine = new Engine();
  const interruption = new Interruption(output);
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => {
      if (!interruption.hear(name)) return;
      // Not by the signal itself: workers that hear nothing are ended on the way out.
      process.exit(interruption.exitCode);
    });
  const { signal } = interruption;
  try {
    process.exitCode = (await action({ engine, output, signal, interruption })) ?? exitCodes.done;
  } catch (error) {
    process.exitCode = interruption.exitCode ?? reportFailure(error, json);
  } finally {
    await engine.close();
  }
};

const program = new Command('vitrine')
  .description('AutoML that you can see through: every trial explained, attacked and costed, on this machine.')
  .version(version)
  .showHelpAfterError('(vitrine COMMAND --help tells more)')
  .exitOverride();
for (const register of commands) register(program, act);

try {
  await program.parseAsync();
} catch (error) {
  // Commander has printed its own message by now; --help and --version arrive here too.
  const code = error instanceof Error && 'exitCode' in error ? Number(error.exitCode) : exitCodes.fault;
  process.exitCode = code;
}

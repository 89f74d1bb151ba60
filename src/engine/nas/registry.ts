import { evolution } from './evolution.ts';
import type { ArchitectureStrategy } from './strategy.ts';

/** Every architecture search, by its name in the experiment file. */
export const architectureStrategies: readonly ArchitectureStrategy[] = [evolution];

/** Throws a RangeError for a name that is none. */
export function architectureStrategy(name: string): ArchitectureStrategy {
  const found = architectureStrategies.find((strategy) => strategy.name === name);
  if (found) return found;
  const known = architectureStrategies.map((strategy) => strategy.name).join(', ');
  throw new RangeError(`no architecture search "${name}"; there is ${known}`);
}

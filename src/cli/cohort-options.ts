import { Option } from 'commander';

/** Which rows a command looks at. */
export interface CohortOptions {
  readonly cohort?: string;
  readonly where?: readonly string[];
}

/** As an operation takes them. */
export const cohortOf = ({ cohort, where }: CohortOptions) => ({ cohort, where: where && [...where] });

export const whereOption = (): Option =>
  new Option(
    '--where <condition>',
    'only rows of which this holds: "age > 45", "sex = female", "predicted = yes", "wrong"; more than once',
  ).argParser((text: string, before: readonly string[] = []) => [...before, text]);

export const cohortOption = (): Option => new Option('--cohort <name>', 'only rows of a cohort that is kept');

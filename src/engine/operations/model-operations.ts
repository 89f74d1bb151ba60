import type { CandidateName } from '../../shared/candidate.ts';
import { compareSubjects } from '../run/compare.ts';
import { subjectOf } from '../run/subject.ts';
import { studyOf } from './context.ts';
import type { Implementation } from './implementation.ts';
import { looked } from './trial-operations.ts';

export const modelsCompare: Implementation<'models.compare'> = async (
  { state, signal, progress },
  { file, first, second, ...wishes },
) => {
  const found = studyOf(state, file);
  const subject = (which: CandidateName) => subjectOf(found, looked(found, which, file));
  return compareSubjects(found, subject(first), subject(second), wishes, { pool: state.pool, signal, progress });
};

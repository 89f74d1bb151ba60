import { type BackendFailure, backendFailureWords } from '../../../shared/backend.ts';
import { UserError } from '../../../shared/faults.ts';

/** An accelerator that does not start, or computes nothing; the job can be done without it. */
export class BackendFault extends UserError {
  readonly failure: BackendFailure;

  constructor(failure: BackendFailure, cause?: unknown) {
    super('backend-failed', backendFailureWords(failure), { advice: 'vitrine doctor tells what it needs.', cause });
    this.failure = failure;
  }
}

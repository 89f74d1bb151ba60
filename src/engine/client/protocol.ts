import { NotificationType, RequestType } from 'vscode-jsonrpc/node';
import type { Place } from '../../shared/faults.ts';
import type { Input, Notifications, OperationName, Output } from '../../shared/operations/operations.ts';

/** How an error crosses the socket. */
export interface FaultData {
  readonly userCode?: string;
  readonly place?: Place;
  readonly advice?: string;
  readonly stack?: string;
}

export interface OperationParams<N extends OperationName> {
  readonly input: Input<N>;
  /** Names the progress notifications that belong to the request. */
  readonly token: string;
}

/** Every operation is a request of its own name. */
export const operationRequest = <N extends OperationName>(name: N) =>
  new RequestType<OperationParams<N>, Output<N>, FaultData>(name);

/** The files whose changes a client wants to hear of, as a whole. */
export const watchFiles = new NotificationType<{ readonly files: readonly string[] }>('watch');

export const studyChanged = new NotificationType<Notifications['study.changed']>('study.changed');
export const progressMade = new NotificationType<Notifications['progress']>('progress');

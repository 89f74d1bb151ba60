import type { WebviewFault } from '../../shared/webview-protocol.ts';

/** A fault as the page shows it. */
export class PageFault extends Error implements WebviewFault {
  readonly code?: string;
  readonly advice?: string;

  constructor({ message, advice, code }: WebviewFault) {
    super(message);
    this.name = 'PageFault';
    this.code = code;
    this.advice = advice;
  }

  static cancelled(): PageFault {
    return new PageFault({ code: 'cancelled', message: 'Cancelled.' });
  }

  static silent(seconds: number): PageFault {
    return new PageFault({
      code: 'time-out',
      message: `Nothing was heard for ${seconds} s.`,
      advice: 'The engine may still be at work. Try again, or open the log to see what it does.',
    });
  }

  static from(error: unknown): PageFault {
    if (error instanceof PageFault) return error;
    return new PageFault({ message: error instanceof Error ? error.message : String(error) });
  }
}

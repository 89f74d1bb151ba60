import type { Frame, Page } from 'playwright-core';
import { within } from '../host/workbench/time-limit.ts';

/** A webview's own document is two frames deep: VS Code's `iframe.webview`, and `iframe#active-frame` in it. */
const isWebview = (page: Page, frame: Frame) => frame.parentFrame()?.parentFrame() === page.mainFrame();

/** The first webview in which `selector` becomes visible. */
export async function findWebview(page: Page, selector: string, seconds: number): Promise<Frame> {
  const found = Promise.withResolvers<Frame>();
  const lookedIn = new Map<Frame, string>();
  const look = (frame: Frame) => {
    if (!isWebview(page, frame)) return;
    lookedIn.set(frame, 'not there yet');
    frame.waitForSelector(selector, { timeout: seconds * 1000 }).then(
      () => found.resolve(frame),
      // A webview that is replaced or closed meanwhile is not the end: another one may show it.
      (error: Error) => lookedIn.set(frame, error.message.split('\n')[0]),
    );
  };
  page.on('framenavigated', look);
  try {
    for (const frame of page.frames()) look(frame);
    return await within(seconds, `a webview with ${selector}`, found.promise);
  } catch (error) {
    throw new Error(`${lookedIn.size} webviews were looked into: ${[...lookedIn.values()].join('; ')}`, {
      cause: error,
    });
  } finally {
    page.off('framenavigated', look);
  }
}

/** Waits until `selector` matches in every webview. One that is replaced meanwhile is asked again as its new frame. */
export async function everyWebview(page: Page, selector: string): Promise<void> {
  const asked = new Set<Frame>();
  for (;;) {
    const frame = page.frames().find((candidate) => isWebview(page, candidate) && !asked.has(candidate));
    if (frame === undefined) return;
    asked.add(frame);
    try {
      await frame.waitForSelector(selector, { state: 'attached' });
    } catch (error) {
      if (!frame.isDetached()) throw error;
    }
  }
}

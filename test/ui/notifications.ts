import type { Locator } from 'playwright-core';
import type { Workbench } from './workbench.ts';

/** The notification with this text. A workbench under test keeps them quiet: they are in the notification centre only. */
export async function notification(workbench: Workbench, text: string): Promise<Locator> {
  await workbench.page.locator('.statusbar-item .codicon-bell-dot').waitFor();
  await workbench.execute('notifications.showList');
  const found = workbench.page.locator('.notifications-center .notification-list-item', { hasText: text });
  await found.waitFor();
  return found;
}

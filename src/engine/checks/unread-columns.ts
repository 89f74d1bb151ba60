import type { Dataset } from '../data/dataset.ts';

/** Why quick models cannot judge such data: words and pictures may tell what the other columns do not. */
export const unreadColumns = ({ features }: Dataset): string | undefined =>
  features.columns.some(({ type }) => type === 'text' || type === 'image')
    ? 'quick models read neither texts nor images, which may tell the target.'
    : undefined;

/** Why rows cannot be told apart by quick models at all. */
export const onlyUnread = ({ features }: Dataset): string | undefined =>
  features.columns.every(({ type }) => type === 'text' || type === 'image')
    ? 'quick models read neither texts nor images, and there is nothing else.'
    : undefined;

import { inspectData } from '../data/inspect-data.ts';
import type { Implementation } from './implementation.ts';

export const dataInspect: Implementation<'data.inspect'> = ({ signal }, { path }) => inspectData({ path }, signal);

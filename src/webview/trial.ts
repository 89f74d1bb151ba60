import { startPage } from './page/start-page.ts';
import './trial/trial-view.ts';

await startPage('trial', 'vitrine-trial');

import './study/dashboard-view.ts';
import { startPage } from './page/start-page.ts';

await startPage('dashboard', 'vitrine-dashboard');

// Injected by esbuild where a bundled CommonJS module (tfjs's wasm loader) asks for these, which ES modules lack.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const __filename = fileURLToPath(import.meta.url);
export const __dirname = dirname(__filename);

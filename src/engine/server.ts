import { EngineServer } from './engine-server.ts';
import { addPackagePlace } from './networks/backends/packages.ts';

/** The engine as a process: `node server.js WORKSPACE_FOLDER`. Tells its parent, if there is one, when it listens. */
const workspaceFolder = process.argv[2];
if (!workspaceFolder) {
  console.error('usage: server WORKSPACE_FOLDER');
  process.exit(1);
}

// The editor starts the engine in a folder of its own; packages of the workspace are looked for all the same, by its workers too.
addPackagePlace(workspaceFolder);
const server = new EngineServer(workspaceFolder);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
await server.listen();
process.send?.('listening');

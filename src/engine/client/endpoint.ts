import { createHash } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** Where the engine of a workspace listens and writes its log. */
export interface Endpoint {
  /** A socket, or a named pipe on Windows; under 100 characters, which is as long as a socket's path may be. */
  readonly address: string;
  /** Readable by its owner only; made by the engine. */
  readonly folder: string;
  readonly log: string;
}

/** The same for every window on the same workspace folder. */
export function endpointOf(workspaceFolder: string): Endpoint {
  const { uid, username } = userInfo();
  const owner = uid >= 0 ? uid : username;
  const folder = join(process.env.XDG_RUNTIME_DIR ?? tmpdir(), `vitrine-${owner}`);
  const name = createHash('sha256').update(workspaceFolder).digest('hex').slice(0, 16);
  const address = process.platform === 'win32' ? `\\\\.\\pipe\\vitrine-${owner}-${name}` : join(folder, `${name}.sock`);
  return { address, folder, log: join(folder, `${name}.log`) };
}

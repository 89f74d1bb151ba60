interface Wanted {
  readonly viewType: string;
  /** A text within the JSON of the webview's state. */
  readonly part: string;
}

interface Asked<T> {
  result: T;
  error: unknown;
  onsuccess: () => void;
  onerror: () => void;
}

interface Database {
  readonly objectStoreNames: Iterable<string>;
  transaction(store: string): { objectStore(store: string): { getAll(): Asked<unknown[]> } };
  close(): void;
}

/** What of the page's IndexedDB is used here: these tests are typed for Node.js. */
declare const indexedDB: {
  databases(): Promise<readonly { readonly name?: string }[]>;
  open(name: string): Asked<Database>;
};

declare const requestAnimationFrame: (then: () => void) => void;

/** Runs in the page: resolves once the window's kept state has a webview of this kind in front of a group of editors. */
export async function untilRemembered({ viewType, part }: Wanted): Promise<void> {
  interface Leaf {
    readonly editors: readonly { readonly value: string }[];
    readonly mru: readonly number[];
  }
  const settled = <T>(request: Asked<T>) =>
    new Promise<T>((done, fail) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => fail(request.error);
    });
  const isLeaf = (value: object): value is Leaf => 'editors' in value && 'mru' in value;
  const inFront = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null) return false;
    if (!isLeaf(value)) return Object.values(value).some(inFront);
    const front = JSON.parse(value.editors[value.mru[0]]?.value ?? '{}') as { providedId?: string; state?: string };
    return front.providedId === viewType && (front.state ?? '').includes(part);
  };

  const isKept = async (): Promise<boolean> => {
    for (const { name } of await indexedDB.databases()) {
      if (!name?.startsWith('vscode-web-state-db')) continue;
      const database = await settled(indexedDB.open(name));
      try {
        for (const store of database.objectStoreNames)
          for (const value of await settled(database.transaction(store).objectStore(store).getAll()))
            if (String(value).startsWith('{"editorpart.state"') && inFront(JSON.parse(String(value)))) return true;
      } finally {
        database.close();
      }
    }
    return false;
  };
  while (!(await isKept())) await new Promise<void>((done) => requestAnimationFrame(done));
}

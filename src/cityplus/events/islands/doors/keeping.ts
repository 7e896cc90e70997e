/** Scans on this phone, in IndexedDB, until the server has said what became of them. */
export interface Scan {
  nonce: string;
  door: string;
  at: number;
  leaves: boolean;
  how: "code" | "typed" | "hand";
  code?: string;
  registration?: number;
  reason?: string;
  said: string; // what this phone said of it
}

const NAME = "cityplus-doors";
const STORE = "scans";

export class Keeping {
  private constructor(
    private readonly db: IDBDatabase,
    private readonly door: string,
  ) {}

  static async open(door: string): Promise<Keeping> {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "nonce" }).createIndex("door", "door");
    return new Keeping(await done(asked), door);
  }

  /** Kept, also when the page is closed in the next moment. */
  async keep(scan: Scan): Promise<void> {
    const deed = this.db.transaction(STORE, "readwrite", { durability: "strict" });
    deed.objectStore(STORE).put(scan);
    await new Promise<void>((resolve, reject) => {
      deed.oncomplete = () => resolve();
      deed.onerror = deed.onabort = () => reject(deed.error);
    });
  }

  /** What waits for the line, the oldest first. */
  async waiting(): Promise<Scan[]> {
    const found = await done(this.db.transaction(STORE).objectStore(STORE).index("door").getAll(this.door) as IDBRequest<Scan[]>);
    return found.sort((one, other) => one.at - other.at);
  }

  async forget(nonces: string[]): Promise<void> {
    if (!nonces.length) return;
    const store = this.db.transaction(STORE, "readwrite").objectStore(STORE);
    await Promise.all(nonces.map((nonce) => done(store.delete(nonce))));
  }
}

function done<T>(asked: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

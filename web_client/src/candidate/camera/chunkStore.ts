/** A piece of what the camera recorded, on its way to the server. */
export interface Chunk {
  /** Whose it is: the end of an invitation's link, as for all that this browser keeps. */
  readonly owner: string;
  /** Sorts by time. */
  readonly take: string;
  readonly number: number;
  /** By this device's clock, when the take began. */
  readonly began_at_ms: number;
  readonly data: Blob;
}

/** Keeps chunks until the server has acknowledged them. */
export interface ChunkStore {
  add(chunk: Chunk): Promise<void>;
  /** The earliest chunk of an owner; null if there is none. */
  first(owner: string): Promise<Chunk | null>;
  remove(chunk: Chunk): Promise<void>;
  removeTake(owner: string, take: string): Promise<void>;
  removeAll(owner: string): Promise<void>;
}

const DATABASE = 'aila-camera';
const CHUNKS = 'chunks';

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => { resolve(request.result); };
    request.onerror = () => { reject(request.error ?? new Error('IndexedDB failed')); };
  });
}

/** In IndexedDB: what was recorded outlives a reload, a crash and a day without network. */
export class StoredChunks implements ChunkStore {
  private database: Promise<IDBDatabase> | null = null;

  async add(chunk: Chunk): Promise<void> {
    await settled((await this.chunks('readwrite')).put(chunk));
  }

  async first(owner: string): Promise<Chunk | null> {
    const cursor = await settled((await this.chunks('readonly')).openCursor(ofOwner(owner)));
    return cursor === null ? null : (cursor.value as Chunk);
  }

  async remove({ owner, take, number }: Chunk): Promise<void> {
    await settled((await this.chunks('readwrite')).delete([owner, take, number]));
  }

  async removeTake(owner: string, take: string): Promise<void> {
    await settled((await this.chunks('readwrite')).delete(IDBKeyRange.bound([owner, take], [owner, take, []])));
  }

  async removeAll(owner: string): Promise<void> {
    await settled((await this.chunks('readwrite')).delete(ofOwner(owner)));
  }

  private async chunks(mode: IDBTransactionMode): Promise<IDBObjectStore> {
    this.database ??= openDatabase();
    return (await this.database).transaction(CHUNKS, mode).objectStore(CHUNKS);
  }
}

// Arrays sort after strings and numbers: the end of everything that begins alike.
const ofOwner = (owner: string) => IDBKeyRange.bound([owner], [owner, []]);

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => { request.result.createObjectStore(CHUNKS, { keyPath: ['owner', 'take', 'number'] }); };
  return settled(request);
}

/** Where the browser keeps nothing: until the page is closed. */
export class HeldChunks implements ChunkStore {
  private chunks: Chunk[] = [];

  add(chunk: Chunk): Promise<void> {
    this.chunks = [...this.chunks, chunk].sort((a, b) => (a.take === b.take ? a.number - b.number : a.take < b.take ? -1 : 1));
    return Promise.resolve();
  }

  first(owner: string): Promise<Chunk | null> {
    return Promise.resolve(this.chunks.find((chunk) => chunk.owner === owner) ?? null);
  }

  remove(gone: Chunk): Promise<void> {
    return this.keep((chunk) => chunk.owner !== gone.owner || chunk.take !== gone.take || chunk.number !== gone.number);
  }

  removeTake(owner: string, take: string): Promise<void> {
    return this.keep((chunk) => chunk.owner !== owner || chunk.take !== take);
  }

  removeAll(owner: string): Promise<void> {
    return this.keep((chunk) => chunk.owner !== owner);
  }

  private keep(stays: (chunk: Chunk) => boolean): Promise<void> {
    this.chunks = this.chunks.filter(stays);
    return Promise.resolve();
  }
}

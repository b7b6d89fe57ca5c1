import { answerOf, newClient } from '../../api/client';
import { HeldChunks, StoredChunks, type Chunk, type ChunkStore } from './chunkStore';
import { ChunkUploader } from './uploader';

const client = newClient();
let store: ChunkStore | null = null;
const uploaders = new Map<string, { token: string; uploader: ChunkUploader }>();

const chunkStore = (): ChunkStore => (store ??= typeof indexedDB === 'undefined' ? new HeldChunks() : new StoredChunks());

async function sendChunk(session_token: string, chunk: Chunk): Promise<number> {
  const { take, number, began_at_ms, data } = chunk;
  const answer = await answerOf(
    client.PUT('/api/candidate/camera/{take}/{number}', {
      params: { path: { take, number }, query: { began_ms_ago: Math.max(0, Math.round(Date.now() - began_at_ms)) } },
      headers: { Authorization: `Bearer ${session_token}`, 'Content-Type': data.type },
      body: data as never,
      bodySerializer: (body: unknown) => body as Blob,
    }),
  );
  return answer.next;
}

/** Sends what this browser still has of an interview's camera; it goes on when the page that began it is left. */
export function sendCamera(owner: string, session_token: string): void {
  const present = uploaders.get(owner);
  let uploader = present?.uploader;
  if (uploader === undefined || present?.token !== session_token) {
    uploader?.close();
    uploader = new ChunkUploader(owner, chunkStore(), (chunk) => sendChunk(session_token, chunk));
    uploaders.set(owner, { token: session_token, uploader });
  }
  // A browser that keeps nothing loses the video; the interview goes on.
  void uploader.run().catch(() => undefined);
}

export async function keepCameraPiece(chunk: Chunk): Promise<void> {
  try {
    await chunkStore().add(chunk);
  } catch {
    // Full, or switched off as in some private windows: kept in memory from here on.
    if (!(store instanceof HeldChunks)) {
      store = new HeldChunks();
      uploaders.clear();
    }
    await chunkStore().add(chunk);
  }
}

/** The interview was deleted: nothing of it stays in this browser. */
export async function forgetCamera(owner: string): Promise<void> {
  uploaders.get(owner)?.uploader.close();
  uploaders.delete(owner);
  await chunkStore().removeAll(owner).catch(() => undefined);
}

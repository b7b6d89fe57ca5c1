import { expect, it } from 'vitest';

import { ApiProblem } from '../../api/client';
import { HeldChunks, type Chunk } from './chunkStore';
import { ChunkUploader } from './uploader';

const chunk = (number: number, take = 'take-a', owner = 'mine'): Chunk => ({ owner, take, number, began_at_ms: 5, data: new Blob([`${take}${String(number)}`]) });
const offline = () => new ApiProblem(null, 'about:blank', 'offline');

/** A server that takes chunks in order, and fails as told. */
class Server {
  readonly stored = new Map<string, number[]>();
  failures: (ApiProblem | null)[] = [];
  waited_ms: number[] = [];

  send = (sent: Chunk): Promise<number> => {
    const failure = this.failures.shift();
    if (failure instanceof ApiProblem) return Promise.reject(failure);
    const have = this.stored.get(sent.take) ?? [];
    if (sent.number === have.length) have.push(sent.number);
    this.stored.set(sent.take, have);
    return Promise.resolve(have.length);
  };

  wait = (ms: number): Promise<void> => {
    this.waited_ms.push(ms);
    return Promise.resolve();
  };
}

async function storeOf(...chunks: Chunk[]): Promise<HeldChunks> {
  const store = new HeldChunks();
  for (const one of chunks) await store.add(one);
  return store;
}

it('sends all takes of one owner in order and keeps nothing that was acknowledged', async () => {
  const server = new Server();
  const store = await storeOf(chunk(1), chunk(0, 'take-b'), chunk(0), chunk(0, 'take-a', 'another'));
  await new ChunkUploader('mine', store, server.send, server.wait).run();
  expect([...server.stored]).toEqual([['take-a', [0, 1]], ['take-b', [0]]]);
  expect(await store.first('mine')).toBeNull();
  expect(await store.first('another')).not.toBeNull();
});

it('keeps a chunk through a break, waits longer each time, and loses nothing', async () => {
  const server = new Server();
  server.failures = [offline(), offline(), new ApiProblem(503, 'x', 'busy'), null];
  const store = await storeOf(chunk(0), chunk(1));
  await new ChunkUploader('mine', store, server.send, server.wait).run();
  expect(server.waited_ms).toEqual([1_000, 2_000, 4_000]);
  expect(server.stored.get('take-a')).toEqual([0, 1]);
});

it('goes on after a chunk whose acknowledgement was lost', async () => {
  const server = new Server();
  server.stored.set('take-a', [0]);
  const store = await storeOf(chunk(0), chunk(1));
  await new ChunkUploader('mine', store, server.send, server.wait).run();
  expect(server.stored.get('take-a')).toEqual([0, 1]);
});

it('gives up a take that is refused, or of which a piece is gone, and sends the next', async () => {
  const server = new Server();
  server.failures = [new ApiProblem(403, 'x', 'no consent')];
  const store = await storeOf(chunk(0), chunk(1), chunk(3, 'take-b'), chunk(0, 'take-c'));
  await new ChunkUploader('mine', store, server.send, server.wait).run();
  expect(server.stored.get('take-a')).toBeUndefined();
  expect(server.stored.get('take-c')).toEqual([0]);
  expect(await store.first('mine')).toBeNull();
});

it('sends what was added while it was sending, and nothing once it is closed', async () => {
  const server = new Server();
  const store = await storeOf(chunk(0));
  const uploader = new ChunkUploader('mine', store, server.send, server.wait);
  const running = uploader.run();
  await store.add(chunk(1));
  await uploader.run();
  await running;
  expect(server.stored.get('take-a')).toEqual([0, 1]);
  uploader.close();
  await store.add(chunk(2));
  await uploader.run();
  expect(server.stored.get('take-a')).toEqual([0, 1]);
});

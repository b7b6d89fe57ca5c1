import { ApiProblem } from '../../api/client';
import type { Chunk, ChunkStore } from './chunkStore';

const WAITS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

/** Sends one chunk; returns the number of the one that the server wants next. */
export type SendChunk = (chunk: Chunk) => Promise<number>;

/** Sends an owner's chunks one after the other, earliest first, until none is left; goes on after any break. */
export class ChunkUploader {
  private running: Promise<void> | null = null;
  private again = false;
  private closed = false;

  constructor(
    private readonly owner: string,
    private readonly store: ChunkStore,
    private readonly send: SendChunk,
    private readonly wait: (ms: number) => Promise<void> = pause,
  ) {}

  /** Begins to send what is there, unless it is being sent; resolves when nothing is left. */
  run(): Promise<void> {
    this.again = true;
    this.running ??= this.sendAll().finally(() => { this.running = null; });
    return this.running;
  }

  /** Sends nothing more. */
  close(): void {
    this.closed = true;
  }

  private async sendAll(): Promise<void> {
    let failures = 0;
    while (this.again && !this.closed) {
      this.again = false;
      for (let chunk = await this.store.first(this.owner); chunk !== null && !this.closed; chunk = await this.store.first(this.owner)) {
        if (await this.sendOne(chunk)) failures = 0;
        else {
          await this.wait(WAITS_MS[Math.min(failures, WAITS_MS.length - 1)] ?? 0);
          failures += 1;
        }
      }
    }
  }

  /** Whether there is nothing to try again. */
  private async sendOne(chunk: Chunk): Promise<boolean> {
    try {
      const next = await this.send(chunk);
      if (next > chunk.number) await this.store.remove(chunk);
      // An earlier piece is missing there, and this browser no longer has it: what follows cannot be played.
      else await this.store.removeTake(chunk.owner, chunk.take);
      return true;
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.retryable || error.status === 401 || error.status === 408) return false;
      await this.store.removeTake(chunk.owner, chunk.take);
      return true;
    }
  }
}

const pause = (ms: number) => new Promise<void>((resolve) => { setTimeout(resolve, ms); });

/** Tries the call's real connection in an empty room: signalling, then sound (silence) over the media path. */

import { ConnectionState, Room, Track, type LocalTrackPublication } from 'livekit-client';

import type { Trial } from '../core/connection';

const TOO_LONG_MS = 15_000;
const LISTEN_MS = 4_000;
const LOOK_EVERY_MS = 500;

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Reported {
  readonly type: string;
  readonly roundTripTime?: number;
  readonly fractionLost?: number;
}

async function reported(publication: LocalTrackPublication): Promise<Reported | null> {
  const report = await publication.track?.getRTCStatsReport();
  const rows = [...((report?.values() as Iterable<Reported> | undefined) ?? [])];
  return rows.find((row) => row.type === 'remote-inbound-rtp') ?? null;
}

/** Sends `sound`, which may be silence. Rejects when no media connection comes about in time. */
export async function tryConnection(url: string, token: string, sound: MediaStreamTrack): Promise<Trial> {
  const room = new Room();
  const began_ms = performance.now();
  const late = pause(TOO_LONG_MS).then(() => { throw new Error('no connection in time'); });
  try {
    return await Promise.race([trial(room, url, token, sound, began_ms), late]);
  } finally {
    late.catch(() => undefined);
    await room.disconnect();
  }
}

async function trial(room: Room, url: string, token: string, sound: MediaStreamTrack, began_ms: number): Promise<Trial> {
  await room.connect(url, token);
  const publication = await room.localParticipant.publishTrack(sound, { source: Track.Source.Microphone, dtx: false });
  const connect_ms = performance.now() - began_ms;
  let last: Reported | null = null;
  for (let waited_ms = 0; waited_ms < LISTEN_MS && last?.roundTripTime === undefined; waited_ms += LOOK_EVERY_MS) {
    await pause(LOOK_EVERY_MS);
    last = (await reported(publication)) ?? last;
  }
  if (room.state !== ConnectionState.Connected) throw new Error('the connection broke');
  const round_trip_s = last?.roundTripTime;
  return { connect_ms, round_trip_ms: round_trip_s === undefined ? null : round_trip_s * 1000, lost: last?.fractionLost ?? null };
}

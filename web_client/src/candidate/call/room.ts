/** The one module that knows LiveKit: turns what a room does into the core's events. Loaded only for a call. */

import {
  ConnectionQuality,
  DisconnectReason,
  Room,
  RoomEvent,
  Track,
  TrackEvent,
  type LocalAudioTrack,
  type LocalTrackPublication,
  type Participant,
  type RemoteTrack,
} from 'livekit-client';

import type { CallEvent } from '../core/call';
import { SignsOfLife } from '../core/signsOfLife';
import { CAPTION_TOPIC, CONTROL_TOPIC, controlMessage, CUE_TOPIC, parseCueMessage, type Control } from '../core/topics';

export interface CallTracks {
  readonly aila: MediaStreamTrack | null;
  readonly microphone: MediaStreamTrack | null;
}

export interface RoomReports {
  report(event: CallEvent): void;
  tracks(tracks: CallTracks): void;
  /** The room was left without our wish; `elsewhere` if another device or tab took over. */
  dropped(why: 'elsewhere' | 'network'): void;
}

const AGENT_STATE = 'lk.agent.state';
const LOOK_EVERY_MS = 500;

export class RoomCall {
  private readonly room = new Room({
    audioCaptureDefaults: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
    publishDefaults: { stopMicTrackOnMute: false },
    disconnectOnPageLeave: true,
  });
  private tracks: CallTracks = { aila: null, microphone: null };
  private closing = false;
  private readonly signs = new SignsOfLife();
  private broken = false;
  private readonly looking: ReturnType<typeof setInterval>;

  constructor(private readonly reports: RoomReports) {
    this.looking = setInterval(() => { this.lookForAila(); }, LOOK_EVERY_MS);
    window.addEventListener('offline', this.noteBroken);
    this.listenToPeople();
    this.listenToConnection();
    this.listenToWords();
  }

  /** Enters the room and switches the microphone on; the interview goes on without one that fails. */
  async connect(url: string, token: string, microphone_id: string | null, muted: boolean): Promise<void> {
    await this.room.connect(url, token);
    this.noteConnected();
    for (const person of this.room.remoteParticipants.values()) this.noteActivity(person);
    await this.openMicrophone(microphone_id, muted);
    this.noteSound();
  }

  async setMuted(muted: boolean): Promise<void> {
    const publication = this.room.localParticipant.getTrackPublication(Track.Source.Microphone);
    if (publication === undefined) await this.openMicrophone(null, muted);
    else if (muted) await publication.mute();
    else await publication.unmute();
    this.reports.report({ type: 'muted', muted });
  }

  async sendControl(control: Control, id: string): Promise<void> {
    const payload = new TextEncoder().encode(controlMessage(control, id));
    await this.room.localParticipant.publishData(payload, { reliable: true, topic: CONTROL_TOPIC });
  }

  /** To be called from a tap: browsers let sound begin only there. */
  async startSound(): Promise<void> {
    await this.room.startAudio();
    this.noteSound();
  }

  async close(): Promise<void> {
    this.closing = true;
    this.stopLooking();
    await this.room.disconnect();
  }

  private async openMicrophone(microphone_id: string | null, muted: boolean): Promise<void> {
    try {
      const options = microphone_id === null ? {} : { deviceId: microphone_id };
      const publication = await this.room.localParticipant.setMicrophoneEnabled(true, options);
      if (muted) await publication?.mute();
    } catch {
      if (!this.closing) this.reports.report({ type: 'microphone', trouble: 'failed' });
    }
  }

  /** LiveKit tells of a killed agent, or a network that is gone, only after some twenty seconds. */
  private lookForAila(): void {
    if (!this.signs.look(performance.now())) return;
    const alone = !navigator.onLine || this.room.localParticipant.connectionQuality === ConnectionQuality.Lost;
    if (alone) this.noteBroken();
    else this.reports.report({ type: 'agent_left', at_ms: performance.now() });
  }

  private noteSignOfLife(): void {
    const back = this.signs.heard(performance.now());
    if (back || this.broken) this.noteConnected();
  }

  private stopLooking(): void {
    clearInterval(this.looking);
    window.removeEventListener('offline', this.noteBroken);
  }

  private agentHere(): boolean {
    return !this.signs.missed && [...this.room.remoteParticipants.values()].some((p) => p.isAgent);
  }

  private noteActivity(person: Participant): void {
    const activity = person.isAgent ? person.attributes[AGENT_STATE] : undefined;
    if (activity !== undefined) this.reports.report({ type: 'agent_activity', activity });
  }

  private noteSound(): void {
    this.reports.report({ type: 'sound_blocked', blocked: !this.room.canPlaybackAudio });
  }

  private setTracks(change: Partial<CallTracks>): void {
    this.tracks = { ...this.tracks, ...change };
    this.reports.tracks(this.tracks);
  }

  private listenToPeople(): void {
    this.room
      .on(RoomEvent.ParticipantConnected, (person) => {
        if (!person.isAgent) return;
        this.reports.report({ type: 'agent_joined' });
        this.noteActivity(person);
      })
      .on(RoomEvent.ParticipantDisconnected, (person) => {
        if (!person.isAgent || this.agentHere()) return;
        this.signs.expectNothing();
        this.reports.report({ type: 'agent_left', at_ms: performance.now() });
      })
      .on(RoomEvent.ParticipantAttributesChanged, (_changed, person) => { this.noteActivity(person); })
      .on(RoomEvent.TrackSubscribed, (track) => { this.play(track); })
      .on(RoomEvent.TrackUnsubscribed, (track) => { this.stopPlaying(track); })
      .on(RoomEvent.LocalTrackPublished, (publication) => { this.watchMicrophone(publication); });
  }

  private play(track: RemoteTrack): void {
    if (track.kind !== Track.Kind.Audio) return;
    // The element makes the sound; the avatar reads the same track beside it.
    document.body.append(track.attach());
    this.setTracks({ aila: track.mediaStreamTrack });
  }

  private stopPlaying(track: RemoteTrack): void {
    for (const element of track.detach()) element.remove();
    if (this.tracks.aila === track.mediaStreamTrack) this.setTracks({ aila: null });
  }

  private watchMicrophone(publication: LocalTrackPublication): void {
    if (publication.source !== Track.Source.Microphone || publication.track === undefined) return;
    const track = publication.track as LocalAudioTrack;
    const watch = () => {
      const media = track.mediaStreamTrack;
      media.addEventListener('mute', () => { this.reports.report({ type: 'microphone', trouble: 'interrupted' }); });
      media.addEventListener('unmute', () => { this.reports.report({ type: 'microphone', trouble: null }); });
      this.setTracks({ microphone: media });
    };
    watch();
    this.reports.report({ type: 'microphone', trouble: null });
    // LiveKit goes on with another microphone when this one is unplugged.
    track.on(TrackEvent.Restarted, watch);
    track.on(TrackEvent.Ended, () => {
      if (!this.closing) this.reports.report({ type: 'microphone', trouble: 'unplugged' });
    });
  }

  private listenToConnection(): void {
    this.room
      .on(RoomEvent.SignalReconnecting, () => { this.noteBroken(); })
      .on(RoomEvent.Reconnecting, () => { this.noteBroken(); })
      .on(RoomEvent.Reconnected, () => { this.noteConnected(); })
      .on(RoomEvent.AudioPlaybackStatusChanged, () => { this.noteSound(); })
      .on(RoomEvent.Disconnected, (reason) => {
        this.setTracks({ aila: null, microphone: null });
        this.stopLooking();
        if (!this.closing) this.reports.dropped(reason === DisconnectReason.DUPLICATE_IDENTITY ? 'elsewhere' : 'network');
      });
  }

  private readonly noteBroken = (): void => {
    this.broken = true;
    this.reports.report({ type: 'connection_broken', at_ms: performance.now() });
  };

  private noteConnected(): void {
    this.broken = false;
    this.reports.report({ type: 'connected', agent_here: this.agentHere(), at_ms: performance.now() });
  }

  private listenToWords(): void {
    this.room.on(RoomEvent.DataReceived, (payload, _person, _kind, topic) => {
      if (topic !== CUE_TOPIC) return;
      const message = parseCueMessage(new TextDecoder().decode(payload));
      if (message !== null) this.noteSignOfLife();
      if (message !== null && message.type !== 'alive') this.reports.report({ type: 'cue_message', message });
    });
    this.room.registerTextStreamHandler(CAPTION_TOPIC, async (reader, sender) => {
      const attributes = reader.info.attributes ?? {};
      const segment_id = attributes['lk.segment_id'] ?? reader.info.id;
      const final = attributes['lk.transcription_final'] === 'true';
      const speaker = sender.identity === this.room.localParticipant.identity ? 'candidate' : 'aila';
      let text = '';
      const show = (done: boolean) => {
        this.reports.report({ type: 'caption', caption: { segment_id, speaker, text, final: done } });
      };
      for await (const chunk of reader) {
        text += chunk;
        show(false);
      }
      if (final) show(true);
    });
  }
}

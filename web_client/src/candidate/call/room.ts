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
  type RemoteParticipant,
  type RemoteTrack,
} from 'livekit-client';

import type { CallEvent } from '../core/call';
import { SignsOfLife } from '../core/signsOfLife';
import { CAPTION_TOPIC, CONTROL_TOPIC, controlMessage, CUE_TOPIC, parseCueMessage, type Control } from '../core/topics';
import { Voices } from './voices';

export interface CallTracks {
  readonly aila: MediaStreamTrack | null;
  readonly microphone: MediaStreamTrack | null;
  /** Her face as video, where a video avatar is switched on. */
  readonly face: MediaStreamTrack | null;
}

export interface RoomReports {
  report(event: CallEvent): void;
  tracks(tracks: CallTracks): void;
  /** The room was left without our wish; `elsewhere` if another device or tab took over. */
  dropped(why: 'elsewhere' | 'network'): void;
}

const AGENT_STATE = 'lk.agent.state';
const ON_BEHALF = 'lk.publish_on_behalf';

/** Aila herself; a video avatar is an agent as well, and only lends her its face. */
const isAila = (person: Participant) => person.isAgent && person.attributes[ON_BEHALF] === undefined;
const isHerFace = (person: Participant) => person.isAgent && person.attributes[ON_BEHALF] !== undefined;
const LOOK_EVERY_MS = 500;

export class RoomCall {
  private readonly room = new Room({
    audioCaptureDefaults: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
    publishDefaults: { stopMicTrackOnMute: false },
    disconnectOnPageLeave: true,
  });
  private tracks: CallTracks = { aila: null, microphone: null, face: null };
  private readonly voices = new Voices();
  private closing = false;
  private readonly signs = new SignsOfLife();
  private broken = false;
  private readonly looking: ReturnType<typeof setInterval>;

  constructor(
    private readonly reports: RoomReports,
    private readonly videoAvatar: boolean,
  ) {
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
    this.letOnlyAilaListen();
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

  /** Whether her video is seen: her voice is heard from where her lips move. */
  showVideo(shown: boolean): void {
    this.voices.showVideo(shown);
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
    return !this.signs.missed && [...this.room.remoteParticipants.values()].some(isAila);
  }

  private noteActivity(person: Participant): void {
    const activity = isAila(person) ? person.attributes[AGENT_STATE] : undefined;
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
        if (!isAila(person)) return;
        this.letOnlyAilaListen();
        this.reports.report({ type: 'agent_joined' });
        this.noteActivity(person);
      })
      .on(RoomEvent.ParticipantDisconnected, (person) => {
        if (!isAila(person) || this.agentHere()) return;
        this.signs.expectNothing();
        this.reports.report({ type: 'agent_left', at_ms: performance.now() });
      })
      .on(RoomEvent.ParticipantAttributesChanged, (_changed, person) => { this.noteActivity(person); })
      .on(RoomEvent.TrackSubscribed, (track, _publication, person) => { this.play(track, person); })
      .on(RoomEvent.TrackUnsubscribed, (track) => { this.stopPlaying(track); })
      .on(RoomEvent.LocalTrackPublished, (publication) => { this.watchMicrophone(publication); });
  }

  /** Another company's avatar in the room shows Aila; what the candidate says is not for it. */
  private letOnlyAilaListen(): void {
    if (!this.videoAvatar) return;
    const listeners = [...this.room.remoteParticipants.values()].filter(isAila);
    this.room.localParticipant.setTrackSubscriptionPermissions(
      false,
      listeners.map((person) => ({ participantIdentity: person.identity, allowAll: true })),
    );
  }

  private play(track: RemoteTrack, person: RemoteParticipant): void {
    const face = isHerFace(person);
    if (track.kind === Track.Kind.Video) {
      if (face) this.setTracks({ face: track.mediaStreamTrack });
      return;
    }
    // The element makes the sound; the avatar reads the same track beside it.
    const element = track.attach();
    document.body.append(element);
    this.voices.add(element, face ? 'video' : 'agent');
    if (!face) this.setTracks({ aila: track.mediaStreamTrack });
  }

  private stopPlaying(track: RemoteTrack): void {
    for (const element of track.detach()) {
      this.voices.remove(element);
      element.remove();
    }
    if (this.tracks.aila === track.mediaStreamTrack) this.setTracks({ aila: null });
    if (this.tracks.face === track.mediaStreamTrack) this.setTracks({ face: null });
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
        this.setTracks({ aila: null, microphone: null, face: null });
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

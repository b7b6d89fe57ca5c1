import { useState } from 'react';

import { Button } from '../../design/Button';
import { Notice } from '../../design/Notice';
import { useMessages } from '../../messages';
import { playTestSound, wakeAudio } from '../sound/audioContext';
import { useHearing } from '../sound/useHearing';
import { useMicrophone, type Microphone } from '../sound/useMicrophone';
import { CandidateShell } from './CandidateShell';
import { ConnectionCheck } from './ConnectionCheck';
import { LevelMeter } from './LevelMeter';
import { MicrophoneRefused } from './MicrophoneRefused';
import { SpokenSentence } from './SpokenSentence';

interface DevicePageProps {
  invite: string;
  error: string | null;
  joining: boolean;
  onStart: (microphone_id: string | null) => void;
  onText: () => void;
  onBack: () => void;
}

/** Microphone, a sentence read aloud, speaker and connection, before the call; nothing of it is stored. */
export function DevicePage({ invite, error, joining, onStart, onText, onBack }: DevicePageProps) {
  const t = useMessages();
  const { microphone, ask } = useMicrophone();
  const track = microphone.kind === 'on' ? (microphone.stream.getAudioTracks()[0] ?? null) : null;
  const hearing = useHearing(track);
  const ready = microphone.kind === 'on';
  const heard = hearing?.ever_heard === true && !hearing.silent;

  return (
    <CandidateShell title={t.devices.title}>
      <div className="stack" data-gap="l">
        <div className="stack" data-gap="s">
          <h1>{t.devices.title}</h1>
          <p className="lead">{t.devices.lead}</p>
        </div>
        <section className="card stack" aria-labelledby="microphone-title">
          <h2 id="microphone-title">{t.devices.microphoneTitle}</h2>
          <MicrophoneCheck
            microphone={microphone}
            level={hearing?.level ?? 0}
            verdict={hearing?.silent === true ? 'silent' : heard ? 'heard' : 'listening'}
            onAsk={(id) => {
              wakeAudio();
              void ask(id);
            }}
          />
        </section>
        {track !== null && <SpokenSentence invite={invite} track={track} />}
        <SpeakerCheck />
        <ConnectionCheck invite={invite} />
        <div className="stack">
          {error !== null && <Notice tone="danger" live="assertive">{error}</Notice>}
          <Button
            kind="primary"
            wide
            disabled={!ready || joining}
            onClick={() => { onStart(microphone.kind === 'on' ? microphone.device_id : null); }}
          >
            {joining ? t.devices.starting : ready && hearing?.silent === true ? t.devices.startAnyway : t.devices.start}
          </Button>
          <p className="muted small">{t.devices.readyHint}</p>
          <div className="row" data-spread="true">
            <Button kind="quiet" icon="back" onClick={onBack}>{t.common.back}</Button>
            <Button kind="quiet" icon="chat" disabled={joining} onClick={onText}>{t.devices.typeInstead}</Button>
          </div>
        </div>
      </div>
    </CandidateShell>
  );
}

interface MicrophoneCheckProps {
  microphone: Microphone;
  level: number;
  verdict: 'listening' | 'heard' | 'silent';
  onAsk: (device_id: string | null) => void;
}

function MicrophoneCheck({ microphone, level, verdict, onAsk }: MicrophoneCheckProps) {
  const t = useMessages();
  switch (microphone.kind) {
    case 'off':
      return (
        <>
          <p className="muted">{t.devices.why}</p>
          <div>
            <Button kind="primary" icon="mic" onClick={() => { onAsk(null); }}>{t.devices.ask}</Button>
          </div>
        </>
      );
    case 'asking':
      return <Notice live="polite">{t.devices.asking}</Notice>;
    case 'refused':
      return <MicrophoneRefused refusal={microphone.refusal} onRetry={() => { onAsk(null); }} />;
    case 'on':
      return (
        <>
          <p>{t.devices.say}</p>
          <LevelMeter level={level} label={t.devices.level} />
          <div role="status">
            {verdict === 'heard' && <Notice tone="good">{t.devices.heard}</Notice>}
            {verdict === 'listening' && <p className="muted">{t.devices.listening}</p>}
            {verdict === 'silent' && (
              <Notice tone="caution">
                <strong>{t.devices.silent}</strong>
                <ul className="bullets">
                  {t.devices.silentHelp.map((line) => <li key={line}>{line}</li>)}
                </ul>
              </Notice>
            )}
          </div>
          <DeviceChoice microphone={microphone} onAsk={onAsk} />
        </>
      );
  }
}

function DeviceChoice({ microphone, onAsk }: { microphone: Extract<Microphone, { kind: 'on' }>; onAsk: (id: string) => void }) {
  const t = useMessages();
  if (microphone.devices.length < 2) return null;
  return (
    <div className="field">
      <label htmlFor="microphone-choice">{t.devices.which}</label>
      <select
        id="microphone-choice"
        className="input"
        value={microphone.device_id ?? ''}
        onChange={(event) => { onAsk(event.target.value); }}
      >
        {microphone.devices.map((device, i) => (
          <option key={device.deviceId} value={device.deviceId}>
            {device.label === '' ? t.devices.unnamed(i + 1) : device.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function SpeakerCheck() {
  const t = useMessages();
  const [state, setState] = useState<'untried' | 'playing' | 'asked' | 'heard' | 'unheard'>('untried');
  const play = () => {
    setState('playing');
    void playTestSound().then(() => { setState('asked'); });
  };
  return (
    <section className="card stack" aria-labelledby="speaker-title">
      <h2 id="speaker-title">{t.devices.speakerTitle}</h2>
      <div className="row">
        <Button icon="speaker" disabled={state === 'playing'} onClick={play}>
          {state === 'playing' ? t.devices.playing : t.devices.play}
        </Button>
        {state === 'asked' && (
          <>
            <span>{t.devices.didYouHear}</span>
            <Button size="small" onClick={() => { setState('heard'); }}>{t.devices.yes}</Button>
            <Button size="small" onClick={() => { setState('unheard'); }}>{t.devices.no}</Button>
          </>
        )}
      </div>
      <div role="status">
        {state === 'heard' && <Notice tone="good">{t.devices.speakerGood}</Notice>}
        {state === 'unheard' && <Notice tone="caution">{t.devices.speakerHelp}</Notice>}
      </div>
    </section>
  );
}

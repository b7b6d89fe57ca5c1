import { Button } from '../../design/Button';
import { Icon } from '../../design/Icon';
import { useMessages } from '../../messages';
import type { Control } from '../core/topics';
import { ControlButton } from '../ControlButton';
import { useHearing } from '../sound/useHearing';

interface CallControlBarProps {
  muted: boolean;
  paused: boolean;
  microphone: MediaStreamTrack | null;
  ask: (control: Control, name: string) => void;
  onMute: () => void;
}

/** Everything the candidate may ask for during the interview. */
export function CallControlBar({ muted, paused, microphone, ask, onMute }: CallControlBarProps) {
  const t = useMessages().interview;
  return (
    <div className="controls" role="group" aria-label={t.controls}>
      <button type="button" className="control control--mute" aria-pressed={muted} aria-label={muted ? t.unmute : t.mute} onClick={onMute}>
        <MuteIcon muted={muted} track={microphone} />
        {muted ? t.unmute : t.mute}
      </button>
      <Button kind="primary" icon="check" className="control--done" onClick={() => { ask('done', t.done); }}>{t.done}</Button>
      <ControlButton icon="repeat" name={t.repeat} onClick={() => { ask('repeat', t.repeat); }} />
      <ControlButton icon="clock" name={t.moment} short={t.momentShort} onClick={() => { ask('moment', t.moment); }} />
      <ControlButton icon="skip" name={t.skip} onClick={() => { ask('skip', t.skip); }} />
      {paused ? (
        <ControlButton icon="play" name={t.resume} onClick={() => { ask('resume', t.resume); }} />
      ) : (
        <ControlButton icon="pause" name={t.pause} onClick={() => { ask('pause', t.pause); }} />
      )}
    </div>
  );
}

/** The microphone with a ring as wide as the voice is loud. */
function MuteIcon({ muted, track }: { muted: boolean; track: MediaStreamTrack | null }) {
  const hearing = useHearing(muted ? null : track);
  const level = muted ? 0 : (hearing?.level ?? 0);
  return (
    <span className="mute-icon" style={{ boxShadow: `0 0 0 ${String(Math.round(level * 8))}px var(--accent-soft)` }}>
      <Icon name={muted ? 'micOff' : 'mic'} />
    </span>
  );
}

import { Button } from '../../design/Button';
import { Icon } from '../../design/Icon';
import { useMessages } from '../../messages';
import { isPending, type Call } from '../core/call';
import type { Control } from '../core/topics';
import { ControlButton } from '../ControlButton';
import { useHearing } from '../sound/useHearing';

interface CallControlBarProps {
  call: Call;
  paused: boolean;
  microphone: MediaStreamTrack | null;
  ask: (control: Control, name: string) => void;
  onMute: () => void;
}

/** Everything the candidate may ask for during the interview. */
export function CallControlBar({ call, paused, microphone, ask, onMute }: CallControlBarProps) {
  const t = useMessages().interview;
  const { muted } = call;
  const press = (control: Control, name: string) => ({ pending: isPending(call, control), onClick: () => { ask(control, name); } });
  return (
    <div className="controls" role="group" aria-label={t.controls}>
      <button type="button" className="control control--mute" data-on={muted} aria-label={muted ? t.unmute : t.mute} onClick={onMute}>
        <MuteIcon muted={muted} track={microphone} />
        {muted ? t.unmute : t.mute}
      </button>
      <Button kind="primary" icon="check" className="control--done" pending={isPending(call, 'done')} onClick={() => { ask('done', t.done); }}>{t.done}</Button>
      <ControlButton icon="repeat" name={t.repeat} {...press('repeat', t.repeat)} />
      <ControlButton icon="clock" name={t.moment} short={t.momentShort} {...press('moment', t.moment)} />
      <ControlButton icon="skip" name={t.skip} {...press('skip', t.skip)} />
      {paused ? (
        <ControlButton icon="play" name={t.resume} {...press('resume', t.resume)} />
      ) : (
        <ControlButton icon="pause" name={t.pause} {...press('pause', t.pause)} />
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

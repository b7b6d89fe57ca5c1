import { useEffect, useState } from 'react';

import { Button } from '../../design/Button';
import { Icon } from '../../design/Icon';
import { Notice } from '../../design/Notice';
import { useMessages } from '../../messages';
import type { Call } from '../core/call';

const LONG_WAIT_MS = 15_000;

interface CallNoticesProps {
  call: Call;
  /** "I'm done" was pressed before there was an answer to end. */
  tooEarly: boolean;
  onSound: () => void;
  onUnmute: () => void;
  onText: () => void;
}

/** What must not be missed, over Aila's picture: the connection, the microphone, the sound. */
export function CallNotices({ call, tooEarly, onSound, onUnmute, onText }: CallNoticesProps) {
  const t = useMessages();
  const waitingLong = useLongWait(call.link.kind === 'waiting_for_aila');
  const { microphone } = call;
  const paused = call.progress?.paused === true;
  return (
    <div className="call__notices">
      {call.muted && (
        <div className="muted-banner" role="alert">
          <Icon name="micOff" />
          <strong>{t.interview.muted}</strong>
          <Button size="small" onClick={onUnmute}>{t.interview.unmute}</Button>
        </div>
      )}
      {call.link.kind === 'reconnecting' && <Notice tone="caution" live="polite">{t.interview.state.reconnectingLong}</Notice>}
      {call.link.kind === 'waiting_for_aila' && call.link.was_here && (
        <Notice tone="caution" live="polite">{t.interview.state.backSoonLong}</Notice>
      )}
      {waitingLong && (
        <Notice tone="caution" live="polite">
          <p>{t.interview.state.waitingLong}</p>
          <Button size="small" onClick={onText}>{t.interview.typeInstead}</Button>
        </Notice>
      )}
      {call.sound_blocked && (
        <Notice tone="caution" live="assertive">
          <div className="row">
            {t.interview.soundBlocked}
            <Button size="small" icon="speaker" onClick={onSound}>{t.interview.soundOn}</Button>
          </div>
        </Notice>
      )}
      {microphone !== null && !call.muted && !paused && (
        <Notice tone={microphone === 'silent' ? 'caution' : 'danger'} live={microphone === 'silent' ? 'polite' : 'assertive'}>
          <div className="row">
            {microphone === 'failed' ? t.interview.microphoneFailed : t.interview.microphone[microphone]}
            {microphone === 'failed' && (
              <>
                <Button size="small" onClick={onUnmute}>{t.common.tryAgain}</Button>
                <Button size="small" onClick={onText}>{t.interview.typeInstead}</Button>
              </>
            )}
          </div>
        </Notice>
      )}
      {tooEarly && <Notice live="polite">{t.interview.nothingToEnd}</Notice>}
      {paused && <Notice>{t.interview.paused}</Notice>}
    </div>
  );
}

function useLongWait(waiting: boolean): boolean {
  const [long, setLong] = useState(false);
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => { setLong(true); }, LONG_WAIT_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [waiting]);
  return waiting && long;
}

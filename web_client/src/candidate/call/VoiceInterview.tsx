import { lazy, Suspense, useCallback, useEffect, useState } from 'react';

import { useDocumentTitle } from '../../design/useDocumentTitle';
import { usePrefersReducedMotion } from '../../design/usePrefersReducedMotion';
import { useMessages } from '../../messages';
import { expectsSpeech, hasNothingToEnd, pose } from '../core/call';
import type { Consents, Joined } from '../core/journey';
import { ownerOf } from '../memory';
import type { Control } from '../core/topics';
import { CameraCorner } from '../camera/CameraCorner';
import { CallAside } from './CallAside';
import { CallControlBar } from './CallControlBar';
import { CallHeader } from './CallHeader';
import { CallNotices } from './CallNotices';
import { CaptionBox } from './CaptionBox';
import { LeaveDialog } from './LeaveDialog';
import { LostCall } from './LostCall';
import { MicrophoneWatch } from './MicrophoneWatch';
import { QuestionPanel } from './QuestionPanel';
import { LAST_WORDS_MS, useCall } from './useCall';
import { useShortcuts } from './useShortcuts';
import { useWakeLock } from './useWakeLock';

const VideoFace = lazy(() => import('../../avatar').then((m) => ({ default: m.VideoFace })));
const AvatarStage = lazy(() => import('../../avatar').then((m) => ({ default: m.AvatarStage })));

const HINT_MS = 5_000;

interface VoiceInterviewProps {
  invite: string;
  consents: Consents;
  joined: Extract<Joined, { mode: 'voice' }>;
  microphone_id: string | null;
  onEnded: (reason: string) => void;
  onText: () => void;
}

/** The spoken interview on one screen: Aila, captions, the question on demand, and what one may do. */
export function VoiceInterview({ invite, consents, joined, microphone_id, onEnded, onText }: VoiceInterviewProps) {
  const t = useMessages();
  useDocumentTitle(t.interview.title);
  const { call, tracks, control, setMuted, startSound, showVideo, reconnect, noteSilence } = useCall({ invite, consents, joined, microphone_id });
  const [questionShown, setQuestionShown] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [said, setSaid] = useState('');
  const [tooEarly, setTooEarly] = useState(false);
  const [videoLive, setVideoLive] = useState(false);
  const reducedMotion = usePrefersReducedMotion();
  const paused = call.progress?.paused === true;
  const ended = call.link.kind === 'ended' ? call.link.reason : null;
  useWakeLock(ended === null);

  useEffect(() => {
    if (ended === null) return;
    const timer = setTimeout(() => { onEnded(ended); }, LAST_WORDS_MS);
    return () => { clearTimeout(timer); };
  }, [ended, onEnded]);

  useEffect(() => {
    if (!tooEarly) return;
    const timer = setTimeout(() => { setTooEarly(false); }, HINT_MS);
    return () => { clearTimeout(timer); };
  }, [tooEarly]);

  useEffect(() => { showVideo(videoLive); }, [showVideo, videoLive]);

  const nothingToEnd = hasNothingToEnd(call);
  const ask = useCallback(
    (wanted: Control, name: string) => {
      if (wanted === 'done' && nothingToEnd) setTooEarly(true);
      if (control(wanted)) setSaid(t.interview.sent(name));
    },
    [control, t, nothingToEnd],
  );
  const toggleMute = useCallback(() => { setMuted(!call.muted); }, [setMuted, call.muted]);
  const toggleQuestion = useCallback(() => { setQuestionShown((shown) => !shown); }, []);
  const shortcuts = useShortcuts({ ask, toggleMute, toggleQuestion, paused, active: !leaving });

  if (call.link.kind === 'lost') return <LostCall why={call.link.why} onGo={reconnect} onText={onText} />;

  return (
    <div className="call" data-muted={call.muted} data-question={questionShown}>
      <CallHeader call={call} onLeave={() => { setLeaving(true); }} />
      <main className="call__main">
        <h1 className="visually-hidden">{t.interview.title}</h1>
        <div className="call__stage">
          <Suspense fallback={null}>
            {tracks.face !== null && <VideoFace track={tracks.face} shown={videoLive} label={t.common.aila} onLive={setVideoLive} />}
            {!videoLive && <AvatarStage persona="aila" state={pose(call)} audioTrack={tracks.aila} cue={call.cue} reducedMotion={reducedMotion} />}
          </Suspense>
          {/* Nothing of the practice is kept, its picture neither. */}
          {joined.camera && call.progress?.phase !== 'practice' && <CameraCorner owner={ownerOf(invite)} session_token={joined.session_token} />}
          <CallNotices call={call} tooEarly={tooEarly && nothingToEnd} onSound={startSound} onUnmute={toggleMute} onText={onText} />
        </div>
        <CaptionBox call={call} />
        <QuestionPanel progress={call.progress} shown={questionShown} onToggle={toggleQuestion} />
        <CallControlBar call={call} paused={paused} microphone={tracks.microphone} ask={ask} onMute={toggleMute} />
        <CallAside call={call} shortcuts={shortcuts} />
      </main>
      <p className="visually-hidden" role="status">{said}</p>
      <MicrophoneWatch track={expectsSpeech(call) ? tracks.microphone : null} onSilence={noteSilence} />
      <LeaveDialog
        open={leaving}
        onStay={() => { setLeaving(false); }}
        onEnd={() => {
          setLeaving(false);
          ask('leave', t.interview.leave);
        }}
      />
    </div>
  );
}

import { useQuery } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';

import { Loading } from '../../design/Loading';
import { Notice } from '../../design/Notice';
import { useDocumentTitle } from '../../design/useDocumentTitle';
import { Chip } from '../Chip';
import { timeAt, turnAt, type Span } from '../core/timing';
import { moment, statuses } from '../core/words';
import { ProblemNotice } from '../ProblemNotice';
import { staffApi, type SessionDetail as Session } from '../staffApi';
import { CameraTakes } from './CameraTakes';
import { CvBox } from './CvBox';
import { DecisionBox } from './DecisionBox';
import { ScoreList } from './ScoreList';
import { TranscriptView } from './TranscriptView';

const LOOK_AGAIN_MS = 3_000;
/** Recognised words begin a little late; what led to them helps to understand. */
const LEAD_IN_S = 1.5;
const finished = new Set<Session['status']>(['scored', 'failed']);

/** A place in the transcript that was chosen: a quote, or a sentence. */
export interface Place extends Span {
  readonly turn_id: string;
}

/** One interview: scores with their quotes beside the transcript and the recording. */
export function SessionPage() {
  const { sessionId = '' } = useParams();
  const session = useQuery({
    queryKey: ['session', sessionId],
    queryFn: () => staffApi.session(sessionId),
    refetchInterval: ({ state }) => (state.data !== undefined && finished.has(state.data.status) ? false : LOOK_AGAIN_MS),
  });
  useDocumentTitle(session.data?.candidate_name ?? 'Interview');
  if (session.isPending) return <Loading />;
  if (session.isError) {
    return (
      <div className="stack">
        <p className="small"><Link to="/recruiter">Positions</Link></p>
        <h1>Interview</h1>
        <ProblemNotice error={session.error} onRetry={() => void session.refetch()} />
      </div>
    );
  }
  return <SessionView session={session.data} />;
}

function SessionView({ session }: { session: Session }) {
  const audio = useRef<HTMLAudioElement>(null);
  const [place, setPlace] = useState<Place | null>(null);
  const [heard, setHeard] = useState<string | null>(null);
  const { turns } = session.transcript;

  const goTo = useCallback(
    (wanted: Place) => {
      setPlace(wanted);
      document.getElementById(`turn-${wanted.turn_id}`)?.scrollIntoView({ block: 'center', behavior: 'smooth' });
      const turn = turns.find((t) => t.id === wanted.turn_id);
      if (audio.current === null || turn === undefined) return;
      audio.current.currentTime = timeAt(turn, wanted.start);
      // A browser may refuse to play; the controls are there for that.
      void audio.current.play().catch(() => undefined);
    },
    [turns],
  );

  const hear = useCallback((at_s: number) => {
    if (audio.current === null) return;
    audio.current.currentTime = Math.max(0, at_s - LEAD_IN_S);
    void audio.current.play().catch(() => undefined);
  }, []);

  return (
    <div className="stack" data-gap="l">
      <SessionHeader session={session} />
      <div className="session">
        <div className="stack" data-gap="l">
          <ScoreList session={session} onQuote={goTo} />
          <DecisionBox session={session} />
          <CvBox session={session} />
          <Consents session={session} />
        </div>
        <section className="session__record" aria-labelledby="transcript-title">
          <h2 id="transcript-title">Transcript</h2>
          {session.recording === null ? (
            <p className="muted small">{withoutRecording(session)}</p>
          ) : (
            // The transcript beside it is its text alternative.
            // eslint-disable-next-line jsx-a11y/media-has-caption
            <audio
              ref={audio}
              controls
              preload="metadata"
              src={session.recording.url}
              aria-label="Recording of the interview"
              onTimeUpdate={(event) => { setHeard(turnAt(turns, event.currentTarget.currentTime)?.id ?? null); }}
              onPause={() => { setHeard(null); }}
            />
          )}
          <CameraTakes takes={session.camera} sound={audio} />
          <TranscriptView turns={turns} place={place} heard={heard} playable={session.recording !== null} amendments={session.amendments} onPlay={goTo} onHear={hear} />
        </section>
      </div>
    </div>
  );
}

function withoutRecording(session: Session): string {
  if (session.mode === 'text') return 'This interview was typed.';
  return finished.has(session.status) ? 'No recording was kept.' : 'The recording is being prepared.';
}

function SessionHeader({ session }: { session: Session }) {
  const status = statuses[session.status];
  return (
    <div className="stack" data-gap="s">
      <p className="small">
        <Link to="/recruiter">Positions</Link> / <Link to={`/recruiter/positions/${session.position.id}`}>{session.position.title}</Link>
      </p>
      <h1>{session.candidate_name}</h1>
      <div className="row">
        <Chip tone={status.tone} icon={status.icon}>{status.words}</Chip>
        <Chip tone="plain">{session.mode === 'voice' ? 'spoken' : 'typed'}</Chip>
        {session.scores?.calibrated === false && (
          <Chip tone="caution" icon="info" title="No panel of people has rated interviews with this rubric yet.">uncalibrated</Chip>
        )}
        <span className="small muted">{moment(session.started_at)}</span>
      </div>
      {session.human_review !== null && (
        <Notice tone="caution">
          <p><strong>The candidate asks for a person to look at this interview</strong> ({moment(session.human_review.asked_at)}).</p>
          {session.human_review.note !== '' && <p>“{session.human_review.note}”</p>}
        </Notice>
      )}
      {session.amendable_until !== null && (
        <p className="small muted">The candidate may correct, add to or withdraw answers until {moment(session.amendable_until)}.</p>
      )}
      {session.failure !== null && <Notice tone="danger">{session.failure}</Notice>}
    </div>
  );
}

function Consents({ session }: { session: Session }) {
  if (session.consents.length === 0) return null;
  return (
    <section className="stack" data-gap="s" aria-labelledby="consents-title">
      <h2 id="consents-title">Consents</h2>
      <ul className="plain-list small">
        {session.consents.map((consent) => (
          <li key={`${consent.id} ${consent.at}`}>
            {consent.id}: <strong>{consent.granted ? 'given' : 'not given'}</strong>{' '}
            <span className="muted">({moment(consent.at)}, text {consent.text_version})</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { useEffect, useState } from 'react';

import { ApiProblem } from '../../api/client';
import { Icon } from '../../design/Icon';
import { useMessages, type Messages } from '../../messages';
import { Feedback } from '../afterwards/Feedback';
import { GroupQuestions } from '../afterwards/GroupQuestions';
import { OwnAnswers } from '../afterwards/OwnAnswers';
import { Rights } from '../afterwards/Rights';
import { Strengths } from '../afterwards/Strengths';
import { amendAnswers, readOwnAnswers, readStatus, type AfterwardsView, type Amendment, type OwnAnswers as Answers } from '../candidateApi';
import type { Invitation, Receipt } from '../core/journey';
import { CandidateShell } from './CandidateShell';

const LOOK_AGAIN_MS = 3_000;

interface AfterwardsProps {
  invitation: Invitation;
  session_token: string;
  reason: string;
  onErased: (receipt: Receipt) => void;
}

/** Thanks, and what becomes of the answers, kept up to date while the page is open. */
export function AfterwardsPage({ invitation, session_token, reason, onErased }: AfterwardsProps) {
  const t = useMessages();
  const left = reason === 'candidate_left' || reason === 'left';
  const returned = reason === 'returned';
  const [revision, setRevision] = useState(0);
  const view = useStatus(session_token, revision);
  const { answers, setAnswers, lookAgain } = useOwnAnswers(session_token, view?.status);
  const title = returned ? t.afterwards.closed : left ? t.afterwards.titleLeft : t.afterwards.title;
  const processed = view?.status === 'scored';
  // Not known before the recording was joined: only what was spoken may have one.
  const recorded = view?.recording_kept ?? answers?.turns.some((turn) => turn.correctable) === true;
  const filmed = view?.camera_kept === true;
  const nothing = answers !== null && !answers.turns.some((turn) => turn.speaker === 'candidate');
  const failed = view?.status === 'failed';
  const { company } = invitation;
  const state = (done: boolean, now: boolean) => (done ? 'done' : now ? 'now' : 'next');
  const steps = [
    { words: nothing ? t.afterwards.steps.storedNothing : t.afterwards.steps.stored, state: state(true, false) },
    { words: t.afterwards.steps.processed, state: failed ? 'failed' : state(processed, true) },
    ...readSteps(view, t, company),
  ] as const;
  const amend = async (amendment: Amendment) => {
    try {
      setAnswers(await amendAnswers(session_token, amendment));
    } catch (error) {
      // Another tab has changed them: what is refused here is shown as it is there.
      if (error instanceof ApiProblem && error.status === 409) await lookAgain();
      throw error;
    } finally {
      setRevision((n) => n + 1);
    }
  };
  return (
    <CandidateShell title={title}>
      <div className="stack" data-gap="l">
        <div className="stack" data-gap="s">
          <h1>{title}</h1>
          <p className="lead">{returned ? t.afterwards.closedBody : nothing ? t.afterwards.bodyNothing(company) : left ? t.afterwards.bodyLeft(company) : t.afterwards.body(company)}</p>
        </div>
        <section className="card stack" aria-labelledby="next-title">
          <h2 id="next-title">{t.afterwards.nextTitle}</h2>
          <ol className="steps" aria-live="polite">
            {steps.map((step) => (
              <li key={step.words} data-state={step.state}>
                <span className="steps__mark">
                  <Icon name={step.state === 'done' ? 'check' : step.state === 'failed' ? 'alert' : 'clock'} />
                </span>
                <span>
                  {step.words} <span className="muted small">({t.afterwards[step.state]})</span>
                </span>
              </li>
            ))}
          </ol>
        </section>
        {view?.recording_kept != null && (
          <p>{view.recording_kept ? t.afterwards.recordingKept : t.afterwards.recordingNone}</p>
        )}
        {filmed && <p>{t.afterwards.cameraKept}</p>}
        {answers !== null && (
          <>
            <OwnAnswers answers={answers} session_token={session_token} onAmend={amend} />
            {!nothing && <Strengths session_token={session_token} status={view?.status} final={answers.amendable_until === null} />}
            <Feedback session_token={session_token} given={answers.feedback_given_at !== null} />
            <GroupQuestions session_token={session_token} />
            <Rights
              company={company}
              reference={answers.reference}
              recorded={recorded}
              filmed={filmed}
              session_token={session_token}
              asked_at={answers.human_review?.asked_at ?? null}
              onErased={onErased}
            />
            <p className="small">{t.afterwards.reference} <span className="reference">{answers.reference}</span></p>
          </>
        )}
        <p className="muted small">{t.afterwards.retention(invitation.retention_days)}</p>
        {!returned && <p>{t.afterwards.close}</p>}
      </div>
    </CandidateShell>
  );
}

/** A recruiter's part: one step, or two where the position tells how far it has come. */
function readSteps(view: AfterwardsView | null, t: Messages, company: string) {
  const decided = view?.decided ?? null;
  if (decided === null) return [{ words: t.afterwards.steps.read(company), state: 'next' as const }];
  const read = decided || view?.read_at != null;
  return [
    // Nobody reads it before somebody has opened it.
    { words: t.strengths.read(company), state: read ? ('done' as const) : ('next' as const) },
    decided
      ? { words: t.strengths.decided(company), state: 'done' as const }
      : { words: t.strengths.decides, state: read ? ('now' as const) : ('next' as const) },
  ];
}

/** What became of the interview; looked at again while it is processed, and after each `revision` of the answers. */
function useStatus(session_token: string, revision: number): AfterwardsView | null {
  const [view, setView] = useState<AfterwardsView | null>(null);
  const [processed, setProcessed] = useState(-1);
  const over = processed === revision;
  useEffect(() => {
    if (over) return;
    let current = true;
    const look = () => {
      readStatus(session_token).then(
        (read) => {
          if (!current) return;
          setView(read);
          if (read.status === 'scored' || read.status === 'failed') setProcessed(revision);
        },
        // The next look may do better; until then the page says what it knew.
        () => undefined,
      );
    };
    look();
    const timer = setInterval(look, LOOK_AGAIN_MS);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [session_token, over, revision]);
  return view;
}

/** Own answers; read again when the recording has been joined. */
function useOwnAnswers(session_token: string, status: string | undefined) {
  const [answers, setAnswers] = useState<Answers | null>(null);
  const processed = status === 'scored' || status === 'failed';
  useEffect(() => {
    let current = true;
    readOwnAnswers(session_token).then(
      (read) => { if (current) setAnswers(read); },
      // The rest of the page stands without them; a reload tries again.
      () => undefined,
    );
    return () => { current = false; };
  }, [session_token, processed]);
  const lookAgain = () => readOwnAnswers(session_token).then(setAnswers, () => undefined);
  return { answers, setAnswers, lookAgain };
}

import { Button } from '../../design/Button';
import { Notice } from '../../design/Notice';
import { useMessages } from '../../messages';
import type { Invitation, Mode } from '../core/journey';
import { CandidateShell } from './CandidateShell';

interface WelcomeBackProps {
  invitation: Invitation;
  mode: Mode;
  error: string | null;
  joining: boolean;
  onGo: (mode: Mode) => void;
  onDevices: () => void;
  onReview: () => void;
}

/** After a reload or a break: one tap back to the same question. The tap also lets the browser play sound. */
export function WelcomeBackPage({ invitation, mode, error, joining, onGo, onDevices, onReview }: WelcomeBackProps) {
  const t = useMessages();
  return (
    <CandidateShell title={t.welcomeBack.title}>
      <div className="stack">
        <p className="eyebrow">{t.common.interviewFor(invitation.position_title)}</p>
        <h1>{t.welcomeBack.title}</h1>
        <p className="lead">{mode === 'text' ? t.welcomeBack.bodyTyped : t.welcomeBack.body}</p>
        {error !== null && <Notice tone="danger" live="assertive">{error}</Notice>}
        <div className="row">
          <Button kind="primary" disabled={joining} onClick={() => { onGo(mode); }}>
            {joining ? t.trust.joining : t.welcomeBack.go}
          </Button>
          {mode === 'voice' && (
            <Button disabled={joining} onClick={() => { onGo('text'); }}>{t.welcomeBack.goTyping}</Button>
          )}
          {mode === 'text' && invitation.agent_available && (
            <Button disabled={joining} onClick={onDevices}>{t.welcomeBack.goTalking}</Button>
          )}
        </div>
        <div>
          <Button kind="quiet" size="small" onClick={onReview}>{t.welcomeBack.review}</Button>
        </div>
      </div>
    </CandidateShell>
  );
}

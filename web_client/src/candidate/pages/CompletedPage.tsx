import { Button } from '../../design/Button';
import { Notice } from '../../design/Notice';
import { useMessages } from '../../messages';
import type { Invitation } from '../core/journey';
import { CandidateShell } from './CandidateShell';

interface CompletedPageProps {
  invitation: Invitation;
  error: string | null;
  joining: boolean;
  onOpen: () => void;
}

/** The invitation has been used: the interview is over, and its answers are the candidate's to see. */
export function CompletedPage({ invitation, error, joining, onOpen }: CompletedPageProps) {
  const t = useMessages();
  const { company } = invitation;
  return (
    <CandidateShell title={t.completed.title}>
      <div className="stack">
        <h1>{t.completed.title}</h1>
        <p className="lead">{t.completed.body(company)}</p>
        {error !== null && <Notice tone="danger" live="assertive">{error}</Notice>}
        <div>
          <Button pending={joining} onClick={onOpen}>{joining ? t.completed.opening : t.completed.open}</Button>
        </div>
        <p className="muted">{t.completed.mistake(company)}</p>
      </div>
    </CandidateShell>
  );
}

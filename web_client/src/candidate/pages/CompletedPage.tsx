import { useMessages } from '../../messages';
import { CandidateShell } from './CandidateShell';

/** The invitation has been used: the interview is over. */
export function CompletedPage({ company }: { company: string }) {
  const t = useMessages();
  return (
    <CandidateShell title={t.completed.title}>
      <div className="stack">
        <h1>{t.completed.title}</h1>
        <p className="lead">{t.completed.body(company)}</p>
        <p className="muted">{t.completed.mistake(company)}</p>
      </div>
    </CandidateShell>
  );
}

import { Button } from '../../design/Button';
import { useMessages } from '../../messages';
import type { InvitationProblem } from '../core/journey';
import { CandidateShell } from './CandidateShell';

const mayRetry: readonly InvitationProblem[] = ['unreachable', 'busy', 'other'];

/** An invitation that cannot be used, and what to do about it. */
export function RefusedPage({ problem, onRetry }: { problem: InvitationProblem; onRetry: () => void }) {
  const t = useMessages();
  const words = t.refused[problem];
  return (
    <CandidateShell title={words.title}>
      <div className="stack">
        <h1>{words.title}</h1>
        <p className="lead">{words.body}</p>
        {mayRetry.includes(problem) && (
          <div>
            <Button kind="primary" onClick={onRetry}>{t.common.tryAgain}</Button>
          </div>
        )}
      </div>
    </CandidateShell>
  );
}

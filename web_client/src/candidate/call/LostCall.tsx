import { Button } from '../../design/Button';
import { useMessages } from '../../messages';
import { CandidateShell } from '../pages/CandidateShell';

interface LostCallProps {
  why: 'elsewhere' | 'network';
  onGo: () => void;
  onText: () => void;
}

/** The call is gone for good unless the candidate wants it back here. */
export function LostCall({ why, onGo, onText }: LostCallProps) {
  const t = useMessages().interview;
  const words = t.lost[why];
  return (
    <CandidateShell title={words.title}>
      <div className="stack" role="alert">
        <h1>{words.title}</h1>
        <p className="lead">{words.body}</p>
        <div className="row">
          <Button kind="primary" onClick={onGo}>{words.go}</Button>
          {why === 'network' && <Button onClick={onText}>{t.typeInstead}</Button>}
        </div>
      </div>
    </CandidateShell>
  );
}

import { useMessages } from '../messages';
import type { Progress } from './core/topics';

/** "2 of 8 · about 9 minutes left", with a bar. */
export function ProgressLine({ progress }: { progress: Progress | null }) {
  const t = useMessages();
  if (progress === null) return <div className="progress" />;
  const { question_count, minutes_left } = progress;
  // The api counts from 1 and says 0 before the first question.
  const question_number = progress.question_number === 0 ? null : progress.question_number;
  const ending = progress.phase === 'closing' || progress.phase === 'ended';
  const done = ending ? 1 : question_number === null ? 0 : (question_number - 1) / Math.max(1, question_count);
  return (
    <div className="progress">
      <p aria-label={question_number === null ? undefined : t.interview.progress(question_number, question_count)}>
        <strong>
          {question_number === null
            ? t.interview.phase[ending ? 'closing' : progress.phase === 'practice' ? 'practice' : 'opening']
            : t.interview.progressShort(question_number, question_count)}
        </strong>
      </p>
      <p className="muted small">{t.interview.minutesLeft(Math.round(minutes_left))}</p>
      <div className="progress__bar" aria-hidden="true">
        <div style={{ transform: `scaleX(${String(done)})` }} />
      </div>
    </div>
  );
}

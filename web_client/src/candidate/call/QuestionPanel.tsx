import { Icon } from '../../design/Icon';
import { useMessages } from '../../messages';
import type { Progress } from '../core/topics';
import { useInterviewLanguage } from '../interviewLanguage';

interface QuestionPanelProps {
  progress: Progress | null;
  shown: boolean;
  onToggle: () => void;
}

/** The present question in writing, for those who want to read it again. */
export function QuestionPanel({ progress, shown, onToggle }: QuestionPanelProps) {
  const t = useMessages();
  const spoken = useInterviewLanguage();
  const text = progress?.question_text ?? null;
  return (
    <div className="question">
      <button type="button" className="question__toggle" aria-expanded={shown} aria-controls="question-text" onClick={onToggle}>
        <Icon name="question" />
        {shown ? t.interview.hideQuestion : t.interview.showQuestion}
        <Icon name={shown ? 'up' : 'down'} />
      </button>
      <p id="question-text" lang={text === null ? undefined : spoken} dir="auto" className="question__text" hidden={!shown} aria-live="polite">
        {text ?? t.interview.noQuestion}
      </p>
    </div>
  );
}

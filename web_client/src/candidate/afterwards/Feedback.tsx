import { useState } from 'react';

import { Button } from '../../design/Button';
import { Notice } from '../../design/Notice';
import { useMessages } from '../../messages';
import { giveFeedback } from '../candidateApi';
import { problemWords } from '../problemKind';

const STATEMENTS = ['understood', 'time', 'fair', 'again'] as const;
const RATINGS = [1, 2, 3, 4, 5] as const;
type Ratings = Partial<Record<(typeof STATEMENTS)[number], number>>;

/** How the interview felt: all of it voluntary, and never shown beside the candidate. */
export function Feedback({ session_token, given }: { session_token: string; given: boolean }) {
  const all = useMessages();
  const t = all.feeling;
  const [sent, setSent] = useState(given);
  const [ratings, setRatings] = useState<Ratings>({});
  const [comment, setComment] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const empty = comment.trim() === '' && Object.keys(ratings).length === 0;

  const send = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await giveFeedback(session_token, { ...ratings, comment: comment.trim() });
      setSent(true);
    } catch (error) {
      setProblem(all.own.notDone(problemWords(error, all)));
    }
    setBusy(false);
  };

  return (
    <section className="card stack" aria-labelledby="feeling-title">
      <h2 id="feeling-title">{t.title}</h2>
      <div role="status">{sent && <Notice tone="good">{t.thanks}</Notice>}</div>
      {sent ? (
        <div><Button kind="quiet" size="small" onClick={() => { setSent(false); }}>{t.change}</Button></div>
      ) : (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (!empty && !busy) void send();
          }}
        >
          <p className="muted">{t.lead}</p>
          {STATEMENTS.map((statement) => (
            <fieldset key={statement} className="rating">
              <legend>{t.statements[statement]}</legend>
              <div className="rating__scale">
                <span className="small muted" aria-hidden="true">{t.least}</span>
                {RATINGS.map((n) => (
                  <label key={n} className="rating__choice">
                    <input
                      type="radio"
                      name={`feeling-${statement}`}
                      aria-label={t.rating(n)}
                      checked={ratings[statement] === n}
                      onChange={() => { setRatings({ ...ratings, [statement]: n }); }}
                    />
                    <span aria-hidden="true">{n}</span>
                  </label>
                ))}
                <span className="small muted" aria-hidden="true">{t.most}</span>
              </div>
            </fieldset>
          ))}
          <div className="field">
            <label htmlFor="feeling-comment">{t.comment}</label>
            <textarea id="feeling-comment" className="input" maxLength={2000} value={comment} onChange={(event) => { setComment(event.target.value); }} />
          </div>
          <div role="alert">{problem !== null && <Notice tone="danger">{problem}</Notice>}</div>
          <div>
            <Button type="submit" disabled={empty} pending={busy}>{busy ? t.sending : t.send}</Button>
          </div>
        </form>
      )}
    </section>
  );
}

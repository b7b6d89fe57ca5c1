import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { Button } from '../../design/Button';
import { Notice } from '../../design/Notice';
import { decisions, moment, type Decision } from '../core/words';
import { ProblemNotice } from '../ProblemNotice';
import { staffApi, type SessionDetail } from '../staffApi';

/** The recruiter's own decision, with its reason; every one is kept. */
export function DecisionBox({ session }: { session: SessionDetail }) {
  const [decision, setDecision] = useState<Decision | null>(null);
  const [note, setNote] = useState('');
  const [missing, setMissing] = useState(false);
  const queries = useQueryClient();
  const mutationKey = ['decide', session.session_id];
  const decide = useMutation({
    mutationKey,
    mutationFn: (chosen: Decision) => staffApi.decide(session.session_id, { decision: chosen, note: note.trim() }),
    onSuccess: () => {
      setNote('');
      setDecision(null);
      return Promise.all([
        queries.invalidateQueries({ queryKey: ['session', session.session_id] }),
        queries.invalidateQueries({ queryKey: ['ranking', session.position.id] }),
      ]);
    },
  });

  return (
    <section className="card stack" aria-labelledby="decision-title">
      <h2 id="decision-title">Your decision</h2>
      {session.decisions.length > 0 && (
        <ol className="decisions">
          {session.decisions.map((made) => (
            <li key={made.at}>
              <strong>{decisions[made.decision].words}</strong>
              <span className="small muted"> · {made.by}, {moment(made.at)}</span>
              <p>{made.note}</p>
            </li>
          ))}
        </ol>
      )}
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const ready = decision !== null && note.trim() !== '';
          setMissing(!ready);
          // The button is disabled only with the next frame: a double click is quicker.
          if (ready && queries.isMutating({ mutationKey }) === 0) decide.mutate(decision);
        }}
      >
        <fieldset className="radios">
          <legend className="visually-hidden">Decision</legend>
          {(Object.keys(decisions) as Decision[]).map((value) => (
            <div key={value} className="radio">
              <input
                id={`decision-${value}`}
                type="radio"
                name="decision"
                aria-describedby={`decision-${value}-hint`}
                checked={decision === value}
                onChange={() => { setDecision(value); }}
              />
              <div>
                <label htmlFor={`decision-${value}`}>{decisions[value].words}</label>
                <p id={`decision-${value}-hint`} className="small muted">{decisions[value].hint}</p>
              </div>
            </div>
          ))}
        </fieldset>
        <div className="field">
          <label htmlFor="note">Why</label>
          <textarea
            id="note"
            className="input"
            required
            maxLength={4000}
            aria-invalid={missing && note.trim() === ''}
            aria-describedby="note-hint"
            value={note}
            onChange={(event) => { setNote(event.target.value); }}
          />
          <p id="note-hint" className="field__hint">Required. It is kept with the interview, and the candidate may ask for it.</p>
        </div>
        <div role="alert">{missing && <p className="field__error">Choose a decision and write why.</p>}</div>
        {decide.isError && <ProblemNotice error={decide.error} />}
        <div role="status">{decide.isSuccess && <Notice tone="good">The decision is recorded.</Notice>}</div>
        <div>
          <Button type="submit" kind="primary" disabled={decide.isPending}>Record the decision</Button>
        </div>
      </form>
    </section>
  );
}

import { useEffect, useState, type KeyboardEvent } from 'react';

import { Button } from '../../design/Button';
import { useMessages } from '../../messages';
import type { Control } from '../core/topics';
import { draftStore } from '../memory';

interface ComposerProps {
  session_id: string;
  closed: boolean;
  paused: boolean;
  busy: boolean;
  onSay: (text: string) => void;
  onControl: (control: Control) => void;
}

/** Where an answer is written; the draft outlives a reload. */
export function Composer({ session_id, closed, paused, busy, onSay, onControl }: ComposerProps) {
  const t = useMessages();
  const [draft, setDraft] = useState(() => draftStore.read(session_id));
  useEffect(() => { draftStore.write(session_id, draft); }, [session_id, draft]);
  const words = draft.trim() === '' ? 0 : draft.trim().split(/\s+/).length;

  const send = () => {
    const text = draft.trim();
    if (text === '' || closed) return;
    onSay(text);
    setDraft('');
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    }
  };

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="composer__controls" role="group" aria-label={t.interview.controls}>
        <Button size="small" icon="check" disabled={closed || busy} onClick={() => { onControl('done'); }}>{t.interview.done}</Button>
        <Button size="small" icon="repeat" disabled={closed || busy} onClick={() => { onControl('repeat'); }}>{t.interview.repeat}</Button>
        <Button size="small" icon="clock" disabled={closed || busy} onClick={() => { onControl('moment'); }}>{t.interview.moment}</Button>
        <Button size="small" icon="skip" disabled={closed || busy} onClick={() => { onControl('skip'); }}>{t.interview.skip}</Button>
        {paused ? (
          <Button size="small" icon="play" disabled={closed || busy} onClick={() => { onControl('resume'); }}>{t.interview.resume}</Button>
        ) : (
          <Button size="small" icon="pause" disabled={closed || busy} onClick={() => { onControl('pause'); }}>{t.interview.pause}</Button>
        )}
      </div>
      <div className="composer__field">
        <label className="visually-hidden" htmlFor="answer">{t.typed.answer}</label>
        <textarea
          id="answer"
          className="input"
          rows={4}
          maxLength={12000}
          placeholder={t.typed.placeholder}
          aria-describedby="answer-hint"
          value={draft}
          disabled={closed}
          onChange={(event) => { setDraft(event.target.value); }}
          onKeyDown={onKey}
        />
        <div className="row" data-spread="true">
          <p id="answer-hint" className="muted small">
            {words > 0 ? `${t.typed.words(words)} · ` : ''}
            {t.typed.hint}
          </p>
          <Button type="submit" kind="primary" icon="arrow" disabled={closed || words === 0}>{t.typed.send}</Button>
        </div>
      </div>
    </form>
  );
}

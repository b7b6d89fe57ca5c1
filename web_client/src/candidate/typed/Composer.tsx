import type { KeyboardEvent } from 'react';

import { Button } from '../../design/Button';
import type { IconName } from '../../design/Icon';
import { useMessages } from '../../messages';
import { ControlButton } from '../ControlButton';
import type { Control } from '../core/topics';
import { useInterviewLanguage } from '../interviewLanguage';

interface ComposerProps {
  draft: string;
  onDraft: (draft: string) => void;
  closed: boolean;
  paused: boolean;
  busy: boolean;
  onSay: (text: string) => void;
  onControl: (control: Control) => void;
}

/** Where an answer is written; the draft outlives a reload. */
const MAX_CHARACTERS = 12000;
const WARN_BEFORE = 1000;

export function Composer({ draft, onDraft, closed, paused, busy, onSay, onControl }: ComposerProps) {
  const t = useMessages();
  const spoken = useInterviewLanguage();
  const words = draft.trim() === '' ? 0 : draft.trim().split(/\s+/).length;

  const controls: readonly { control: Control; icon: IconName; name: string; short: string }[] = [
    { control: 'done', icon: 'check', name: t.interview.done, short: t.interview.done },
    { control: 'repeat', icon: 'repeat', name: t.interview.repeat, short: t.interview.repeat },
    { control: 'moment', icon: 'clock', name: t.interview.moment, short: t.interview.momentShort },
    { control: 'skip', icon: 'skip', name: t.interview.skip, short: t.interview.skip },
    paused
      ? { control: 'resume', icon: 'play', name: t.interview.resume, short: t.interview.resume }
      : { control: 'pause', icon: 'pause', name: t.interview.pause, short: t.interview.pause },
  ];

  const send = () => {
    const text = draft.trim();
    if (text === '' || closed) return;
    onSay(text);
    onDraft('');
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
        {controls.map(({ control, icon, name, short }) => (
          <ControlButton key={control} icon={icon} name={name} short={short} disabled={closed || busy} onClick={() => { onControl(control); }} />
        ))}
      </div>
      <div className="composer__field">
        <label className="visually-hidden" htmlFor="answer">{t.typed.answer}</label>
        <textarea
          id="answer"
          lang={spoken}
          dir="auto"
          className="input"
          rows={4}
          maxLength={MAX_CHARACTERS}
          placeholder={t.typed.placeholder}
          aria-describedby="answer-hint"
          value={draft}
          disabled={closed}
          onChange={(event) => { onDraft(event.target.value); }}
          onKeyDown={onKey}
        />
        <div className="row" data-spread="true">
          <p id="answer-hint" className="muted small">
            {words > 0 && <span>{t.typed.words(words)} </span>}
            <span className="composer__hint">{words > 0 && '· '}{t.typed.hint}</span>
            {draft.length > MAX_CHARACTERS - WARN_BEFORE && (
              <strong role="status"> {t.typed.left(MAX_CHARACTERS - draft.length)}</strong>
            )}
          </p>
          <Button type="submit" kind="primary" icon="arrow" disabled={closed || words === 0}>{t.typed.send}</Button>
        </div>
      </div>
    </form>
  );
}

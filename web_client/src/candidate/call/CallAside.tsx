import { useEffect, useRef } from 'react';

import { useMessages } from '../../messages';
import type { Call } from '../core/call';
import { captionTurns } from '../core/captions';
import { useInterviewLanguage } from '../interviewLanguage';
import type { Shortcuts } from './useShortcuts';

/** Room for more where the screen has it: all captions, and the keyboard shortcuts. */
export function CallAside({ call, shortcuts }: { call: Call; shortcuts: Shortcuts }) {
  const t = useMessages();
  const spoken = useInterviewLanguage();
  const turns = captionTurns(call.captions);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = list.current;
    if (element !== null) element.scrollTop = element.scrollHeight;
  }, [call.captions]);
  return (
    <aside className="call__aside">
      <section className="aside-captions">
        <h2 id="all-captions">{t.interview.captionsAll}</h2>
        {/* A region that scrolls must be reachable by keyboard. */}
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <div ref={list} className="aside-captions__list" tabIndex={0} role="region" aria-labelledby="all-captions">
          {turns.length === 0 && <p className="muted">{t.interview.captionsEmpty}</p>}
          {turns.map((turn) => (
            <p key={turn.key} data-speaker={turn.speaker} data-final={turn.final}>
              <span className="captions__who">{turn.speaker === 'aila' ? t.common.aila : t.common.you}</span> <span lang={spoken} dir="auto">{turn.text}</span>
            </p>
          ))}
        </div>
      </section>
      <details className="shortcuts">
        <summary>{t.interview.shortcutsTitle}</summary>
        <label className="row">
          <input type="checkbox" checked={shortcuts.on} onChange={(event) => { shortcuts.setOn(event.target.checked); }} />
          {t.interview.shortcutsOn}
        </label>
        <dl>
          {t.interview.shortcuts.map(([key, what]) => (
            <div key={key}>
              <dt><kbd>{key}</kbd></dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </details>
    </aside>
  );
}

import { useEffect, useRef } from 'react';

import { useMessages } from '../../messages';
import type { SessionView } from '../candidateApi';
import type { Parcel } from '../core/outbox';
import { useInterviewLanguage } from '../interviewLanguage';

type ShownTurn = SessionView['turns'][number];

/** What was written so far; new turns of Aila's are read out by screen readers. */
export function Conversation({ turns, waiting }: { turns: readonly ShownTurn[]; waiting: readonly Parcel[] }) {
  const t = useMessages();
  const spoken = useInterviewLanguage();
  const end = useRef<HTMLDivElement>(null);
  const messages = waiting.filter((p) => p.kind === 'message');
  useEffect(() => { end.current?.scrollIntoView({ block: 'end' }); }, [turns.length, messages.length]);
  return (
    // A region that scrolls must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="conversation" role="log" aria-label={t.typed.conversation} tabIndex={0}>
      {turns.map((turn) => <Bubble key={turn.id} turn={turn} />)}
      {messages.map((parcel) => (
        <article key={parcel.id} className="bubble" data-speaker="candidate" data-waiting="true">
          <p className="bubble__who">
            {t.common.you} <span className="muted">· {t.typed.waiting}</span>
          </p>
          <p lang={spoken} dir="auto">{parcel.text}</p>
        </article>
      ))}
      <div ref={end} />
    </div>
  );
}

function Bubble({ turn }: { turn: ShownTurn }) {
  const t = useMessages();
  const spoken = useInterviewLanguage();
  const kinds: Readonly<Record<string, string>> = t.typed.kinds;
  const tag = turn.speaker === 'aila' ? kinds[turn.kind] : undefined;
  return (
    <article className="bubble" data-speaker={turn.speaker} data-kind={turn.kind}>
      <p className="bubble__who">
        {turn.speaker === 'aila' ? t.common.aila : t.common.you}
        {tag !== undefined && <span className="muted"> · {tag}</span>}
      </p>
      {turn.text === '' ? <p className="muted">{t.typed.notStored}</p> : <p lang={spoken} dir="auto">{turn.text}</p>}
    </article>
  );
}

import { useCallback, useEffect, useState } from 'react';

import { Button } from '../../design/Button';
import { Notice } from '../../design/Notice';
import { useDocumentTitle } from '../../design/useDocumentTitle';
import { useMessages } from '../../messages';
import { LeaveDialog } from '../call/LeaveDialog';
import type { Invitation, Joined } from '../core/journey';
import { draftStore } from '../memory';
import { ProgressLine } from '../ProgressLine';
import { Composer } from './Composer';
import { Conversation } from './Conversation';
import { useTyped, type Typed } from './useTyped';

const READ_THE_CLOSING_MS = 4_000;

interface TypedInterviewProps {
  joined: Extract<Joined, { mode: 'text' }>;
  invitation: Invitation;
  onEnded: (reason: string) => void;
}

/** The same interview in writing: the same core asks, the same sheet scores. */
export function TypedInterview({ joined, onEnded }: TypedInterviewProps) {
  const t = useMessages();
  useDocumentTitle(t.typed.title);
  const [draft, setDraft] = useState(() => draftStore.read(joined.session_id));
  useEffect(() => { draftStore.write(joined.session_id, draft); }, [joined.session_id, draft]);
  const takeBack = useCallback((text: string) => {
    setDraft((written) => (written.trim() === '' ? text : `${text}\n\n${written}`));
  }, []);
  const typed = useTyped(joined.session_id, joined.session_token, takeBack);
  const [leaving, setLeaving] = useState(false);
  const [left, setLeft] = useState(false);
  const over = typed.view !== null && typed.view.status !== 'created' && typed.view.status !== 'active';

  useEffect(() => {
    if (!over) return;
    const timer = setTimeout(() => { onEnded(left ? 'candidate_left' : 'completed'); }, left ? 0 : READ_THE_CLOSING_MS);
    return () => { clearTimeout(timer); };
  }, [over, left, onEnded]);

  return (
    <div className="typed">
      <header className="call__header">
        <ProgressLine progress={typed.view?.progress ?? null} />
        <span className="call__state" />
        <Button kind="quiet" size="small" icon="leave" onClick={() => { setLeaving(true); }}>{t.interview.leave}</Button>
      </header>
      <main className="typed__main">
        <h1 className="visually-hidden">{t.typed.title}</h1>
        {typed.read_failed && (
          <Notice tone="danger" live="assertive">
            <div className="row">
              {t.typed.readFailed}
              <Button size="small" onClick={typed.reload}>{t.common.tryAgain}</Button>
            </div>
          </Notice>
        )}
        <Conversation turns={typed.view?.turns ?? []} waiting={typed.outbox.waiting} />
        <Delivery typed={typed} />
        <Composer
          draft={draft}
          onDraft={setDraft}
          closed={over}
          paused={typed.view?.progress.paused === true}
          busy={typed.outbox.waiting.some((p) => p.kind === 'control')}
          onSay={typed.say}
          onControl={typed.control}
        />
      </main>
      <LeaveDialog
        open={leaving}
        onStay={() => { setLeaving(false); }}
        onEnd={() => {
          setLeaving(false);
          setLeft(true);
          typed.control('leave');
        }}
      />
    </div>
  );
}

function Delivery({ typed }: { typed: Typed }) {
  const t = useMessages();
  const { outbox, offline } = typed;
  return (
    <div role="status">
      {offline && <Notice tone="caution">{t.typed.offline}</Notice>}
      {!offline && outbox.failures > 0 && <Notice tone="caution">{t.typed.retrying}</Notice>}
      {outbox.refused !== null && (
        <Notice tone={outbox.returned ? 'caution' : 'danger'}>{t.typed.notSent(t.problems[outbox.refused])}{outbox.returned && ` ${t.typed.backInBox}`}</Notice>
      )}
    </div>
  );
}

import { useState, type ReactNode } from 'react';

import { Button } from '../../design/Button';
import { Dialog } from '../../design/Dialog';
import { Notice } from '../../design/Notice';
import { useMessages } from '../../messages';
import type { Amendment, OwnAnswers } from '../candidateApi';
import { newId } from '../core/identifier';
import { useInterviewLanguage } from '../interviewLanguage';
import { problemWords } from '../problemKind';
import { Difference } from './Difference';

export type OwnTurn = OwnAnswers['turns'][number];
type Open = 'correct' | 'add' | 'withdraw' | null;

const MAX_ADDED = 400;
/** So many characters before the end of a box it is told how many are left. */
const WARN_BEFORE = 1_000;

interface AnswerToolsProps {
  turn: OwnTurn;
  /** Whether it goes on with an answer whose withdrawal is told at an earlier turn. */
  goesOn: boolean;
  /** Of the candidate's turns, from 1. */
  number: number;
  /** Whether answers may still be changed. */
  open: boolean;
  onAmend: (amendment: Amendment) => Promise<void>;
}

/** What became of one answer, and what may be done with it; every change can be undone while the window is open. */
export function AnswerTools({ turn, goesOn, number, open, onAmend }: AnswerToolsProps) {
  const t = useMessages();
  const spoken = useInterviewLanguage();
  const [dialog, setDialog] = useState<Open>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  /** Sentences that were stored: a box is emptied by that alone, never by a refusal. */
  const [stored, setStored] = useState(0);

  const amend = async (amendment: Amendment) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      await onAmend(amendment);
      setDialog(null);
      if (amendment.kind === 'add') setStored((n) => n + 1);
    } catch (error) {
      setProblem(t.own.notDone(problemWords(error, t)));
    }
    setBusy(false);
  };
  const undo = (amendment_id: string) => void amend({ id: newId(), kind: 'undo', amendment_id });
  const show = (what: Open) => {
    setProblem(null);
    setDialog(what);
  };
  const fault = <div role="alert">{problem !== null && <Notice tone="danger">{problem}</Notice>}</div>;

  // Also where the answer was withdrawn in another tab: what is written in a box stays there.
  const dialogs = (
    <>
      <TextDialog
        key={`correct-${turn.correction?.id ?? ''}`}
        open={dialog === 'correct'}
        words={{ title: t.amend.correctTitle, hint: t.amend.correctHint, label: t.amend.correctLabel }}
        start={turn.correction?.text ?? turn.text}
        max={12_000}
        busy={busy}
        fault={fault}
        onClose={() => { show(null); }}
        onSave={(text) => void amend({ id: newId(), kind: 'correct', turn_id: turn.id, text })}
      />
      <TextDialog
        key={`add-${String(stored)}`}
        open={dialog === 'add'}
        words={{ title: t.amend.addTitle, hint: t.amend.addHint, label: t.amend.addLabel }}
        start=""
        max={MAX_ADDED}
        busy={busy}
        fault={fault}
        onClose={() => { show(null); }}
        onSave={(text) => void amend({ id: newId(), kind: 'add', turn_id: turn.id, text })}
      />
      <Dialog open={dialog === 'withdraw'} onClose={() => { show(null); }} title={t.amend.withdrawTitle} description={t.amend.withdrawHint}>
        {fault}
        <div className="row">
          <Button kind="primary" pending={busy} onClick={() => void amend({ id: newId(), kind: 'withdraw', turn_id: turn.id })}>
            {t.amend.withdrawYes}
          </Button>
          <Button onClick={() => { show(null); }}>{t.common.cancel}</Button>
        </div>
      </Dialog>
    </>
  );

  if (turn.withdrawn_by !== null) {
    const { withdrawn_by } = turn;
    return (
      <>
        {goesOn ? <p className="chip">{t.amend.withdrawnToo}</p> : <Notice>{t.amend.withdrawn}</Notice>}
        {open && !goesOn && (
          <Button kind="quiet" size="small" pending={busy} aria-label={t.amend.of(t.amend.undoWithdrawal, number)} onClick={() => { undo(withdrawn_by); }}>
            {t.amend.undoWithdrawal}
          </Button>
        )}
        {dialog === null && fault}
        {dialogs}
      </>
    );
  }
  return (
    <>
      {turn.correction !== null && <Correction turn={turn} correction={turn.correction} />}
      {turn.addition !== null && (
        <div className="amended">
          <p className="chip" data-tone="accent">{t.amend.added}</p>
          <p lang={spoken}>{turn.addition.text}</p>
        </div>
      )}
      {open && (
        <div className="own-turns__tools">
          {turn.correctable && (
            <Tool name={t.amend.correct} number={number} onClick={() => { show('correct'); }} />
          )}
          {turn.correction !== null && (
            <Tool name={t.amend.undoCorrection} number={number} onClick={() => { undo(turn.correction?.id ?? ''); }} />
          )}
          {turn.addition === null ? (
            <Tool name={t.amend.add} number={number} onClick={() => { show('add'); }} />
          ) : (
            <Tool name={t.amend.undoAddition} number={number} onClick={() => { undo(turn.addition?.id ?? ''); }} />
          )}
          <Tool name={t.amend.withdraw} number={number} onClick={() => { show('withdraw'); }} />
        </div>
      )}
      {dialog === null && fault}
      {dialogs}
    </>
  );
}

function Tool({ name, number, onClick }: { name: string; number: number; onClick: () => void }) {
  const t = useMessages();
  return (
    <Button kind="quiet" size="small" aria-label={t.amend.of(name, number)} onClick={onClick}>{name}</Button>
  );
}

function Correction({ turn, correction }: { turn: OwnTurn; correction: NonNullable<OwnTurn['correction']> }) {
  const t = useMessages();
  const spoken = useInterviewLanguage();
  return (
    <div className="amended">
      <p className="chip" data-tone="accent">{t.amend.corrected}</p>
      <div lang={spoken}>
        <Difference text={turn.text} changes={correction.changes} />
      </div>
      <ul className="small">
        {correction.changes.map((change) => (
          <li key={`${String(change.start)} ${change.corrected}`}>
            <span lang={spoken}>{change.corrected === '' ? <del>{change.recognised}</del> : <ins>{change.corrected}</ins>}</span>:{' '}
            {t.amend.verdicts[change.verdict]}
          </li>
        ))}
      </ul>
    </div>
  );
}

interface TextDialogProps {
  open: boolean;
  words: { readonly title: string; readonly hint: string; readonly label: string };
  start: string;
  max: number;
  busy: boolean;
  fault: ReactNode;
  onClose: () => void;
  onSave: (text: string) => void;
}

function TextDialog({ open, words, start, max, busy, fault, onClose, onSave }: TextDialogProps) {
  const t = useMessages();
  const spoken = useInterviewLanguage();
  const [text, setText] = useState(start);
  const left = max - text.length;
  return (
    <Dialog open={open} onClose={onClose} title={words.title} description={words.hint}>
      <div className="field">
        <label htmlFor="amended-text">{words.label}</label>
        <textarea id="amended-text" className="input" lang={spoken} rows={6} maxLength={max} aria-describedby="amended-left" value={text} onChange={(event) => { setText(event.target.value); }} />
        <p id="amended-left" className="muted small" role="status">{left < Math.min(WARN_BEFORE, max / 2) && t.amend.left(left)}</p>
      </div>
      {fault}
      <div className="row">
        <Button kind="primary" pending={busy} disabled={text.trim() === '' || text === start} onClick={() => { onSave(text.trim()); }}>
          {busy ? t.amend.saving : t.amend.save}
        </Button>
        <Button onClick={onClose}>{t.common.cancel}</Button>
      </div>
    </Dialog>
  );
}

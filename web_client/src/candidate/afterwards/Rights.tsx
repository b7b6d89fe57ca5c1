import { useState } from 'react';

import { Button } from '../../design/Button';
import { Dialog } from '../../design/Dialog';
import { Notice } from '../../design/Notice';
import { useMessages } from '../../messages';
import { askForHumanReview, eraseInterview, exportOwnData } from '../candidateApi';
import type { Receipt } from '../core/journey';
import { problemWords } from '../problemKind';
import { saveFile } from '../saveFile';

interface RightsProps {
  company: string;
  reference: string;
  /** Whether sound is stored, as far as is known. */
  recorded: boolean;
  /** Whether anything that the camera recorded is stored. */
  filmed: boolean;
  session_token: string;
  /** When a person was asked for; null if none was. */
  asked_at: string | null;
  onErased: (receipt: Receipt) => void;
}

type Open = 'review' | 'erase' | null;
type Busy = 'export' | 'review' | 'erase' | null;

/** Taking everything along, asking for a person, deleting everything: each a tap, and a second one where it is final. */
export function Rights({ company, reference, recorded, filmed, session_token, asked_at, onErased }: RightsProps) {
  const t = useMessages();
  const [open, setOpen] = useState<Open>(null);
  const [busy, setBusy] = useState<Busy>(null);
  const [asked, setAsked] = useState(asked_at);
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<string | null>(null);

  const attempt = async (what: Busy, work: () => Promise<void>) => {
    setBusy(what);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      setProblem(t.own.notDone(problemWords(error, t)));
    }
    setBusy(null);
  };
  const show = (what: Open) => {
    setProblem(null);
    setOpen(what);
  };
  const close = () => { show(null); };
  const download = () => attempt('export', async () => {
    saveFile(await exportOwnData(session_token), `aila-interview-${reference}.zip`);
  });
  const ask = () => attempt('review', async () => {
    setAsked((await askForHumanReview(session_token, note)).asked_at);
    close();
  });
  const erase = () => attempt('erase', async () => { onErased(await eraseInterview(session_token)); });

  // Where the candidate is looking: in the dialog while one is open.
  const fault = <div role="alert">{problem !== null && <Notice tone="danger">{problem}</Notice>}</div>;

  return (
    <section className="card stack" aria-labelledby="rights-title">
      <h2 id="rights-title">{t.own.rightsTitle}</h2>
      <ul className="rights">
        <li>
          <Button icon="file" pending={busy === 'export'} onClick={() => void download()}>
            {busy === 'export' ? t.own.exporting : t.own.export}
          </Button>
          <p className="muted small">{t.own.exportHint(recorded, filmed)}</p>
        </li>
        <li>
          {asked === null ? (
            <>
              <Button icon="chat" onClick={() => { show('review'); }}>{t.own.review}</Button>
              <p className="muted small">{t.own.reviewHint(company)}</p>
            </>
          ) : (
            <Notice tone="good" live="polite">{t.own.reviewed(new Date(asked).toLocaleDateString(t.language, { dateStyle: 'long' }))}</Notice>
          )}
        </li>
        <li>
          <Button icon="alert" onClick={() => { show('erase'); }}>{t.own.erase}</Button>
          <p className="muted small">{t.own.eraseHint(recorded, filmed)}</p>
        </li>
      </ul>
      {open === null && fault}
      <Dialog open={open === 'review'} onClose={close} title={t.own.review} description={t.own.reviewHint(company)}>
        <div className="field">
          <label htmlFor="review-note">{t.own.reviewNote}</label>
          <textarea id="review-note" className="input" maxLength={2000} value={note} onChange={(event) => { setNote(event.target.value); }} />
        </div>
        {fault}
        <div className="row">
          <Button kind="primary" pending={busy === 'review'} onClick={() => void ask()}>{t.own.reviewSend}</Button>
          <Button onClick={close}>{t.common.cancel}</Button>
        </div>
      </Dialog>
      <Dialog open={open === 'erase'} onClose={close} title={t.own.eraseTitle} description={t.own.eraseBody(company, recorded, filmed)}>
        {fault}
        <div className="row">
          <Button kind="primary" onClick={close}>{t.common.cancel}</Button>
          <Button kind="danger" pending={busy === 'erase'} onClick={() => void erase()}>
            {busy === 'erase' ? t.own.erasing : t.own.eraseYes}
          </Button>
        </div>
      </Dialog>
    </section>
  );
}

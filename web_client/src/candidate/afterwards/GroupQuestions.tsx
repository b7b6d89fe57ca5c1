import { useEffect, useState } from 'react';

import type { Schemas } from '../../api/client';
import { Button } from '../../design/Button';
import { Notice } from '../../design/Notice';
import { useMessages } from '../../messages';
import { giveGroupData, readGroupData, withdrawGroupData } from './groupDataApi';
import { problemWords } from '../problemKind';
import './groups.css';

type Answer = NonNullable<Schemas['GroupQuestionsView']['answer']>;
type Sex = Answer['sex'];
type Race = Answer['race_ethnicity'];

/** Two voluntary questions for audits, where the installation asks them; an answer can be withdrawn even where it no longer does. */
export function GroupQuestions({ session_token }: { session_token: string }) {
  const [view, setView] = useState<Schemas['GroupQuestionsView'] | null>(null);
  useEffect(() => {
    let here = true;
    // Nothing is lost without these questions: a page that cannot read them does not show them.
    readGroupData(session_token).then((found) => { if (here) setView(found); }, () => undefined);
    return () => { here = false; };
  }, [session_token]);
  if (view === null || (!view.offered && view.answer === null)) return null;
  return <GroupCard session_token={session_token} first={view} />;
}

function GroupCard({ session_token, first }: { session_token: string; first: Schemas['GroupQuestionsView'] }) {
  const all = useMessages();
  const t = all.groups;
  const [view, setView] = useState(first);
  const [changing, setChanging] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const ask = async (request: () => Promise<Schemas['GroupQuestionsView']>, done: string) => {
    setBusy(true);
    setProblem(null);
    setSaid(null);
    try {
      setView(await request());
      setChanging(false);
      setSaid(done);
    } catch (error) {
      setProblem(all.own.notDone(problemWords(error, all)));
    }
    setBusy(false);
  };

  return (
    <section className="card stack" aria-labelledby="groups-title">
      <h2 id="groups-title">{t.title}</h2>
      <div role="status">{said !== null && <Notice tone="good">{said}</Notice>}</div>
      <div role="alert">{problem !== null && <Notice tone="danger">{problem}</Notice>}</div>
      {view.answer !== null && !changing ? (
        <>
          <p>{t.yours(t.sexes[view.answer.sex], t.races[view.answer.race_ethnicity])}</p>
          <div className="row">
            {view.offered && <Button kind="quiet" size="small" onClick={() => { setChanging(true); setSaid(null); }}>{t.change}</Button>}
            <Button kind="quiet" size="small" pending={busy} onClick={() => void ask(() => withdrawGroupData(session_token), t.withdrawn)}>{t.withdraw}</Button>
          </div>
        </>
      ) : (
        view.offered && (
          <GroupForm
            before={view.answer}
            busy={busy}
            onSend={(sex, race_ethnicity) =>
              void ask(() => giveGroupData(session_token, { agreed: true, text_version: t.version, sex, race_ethnicity }), t.stored)}
          />
        )
      )}
    </section>
  );
}

function GroupForm({ before, busy, onSend }: { before: Answer | null; busy: boolean; onSend: (sex: Sex, race: Race) => void }) {
  const t = useMessages().groups;
  const [sex, setSex] = useState<Sex | ''>(before?.sex ?? '');
  const [race, setRace] = useState<Race | ''>(before?.race_ethnicity ?? '');
  const [agreed, setAgreed] = useState(false);
  const [missing, setMissing] = useState(false);
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const ready = sex !== '' && race !== '' && agreed;
        setMissing(!ready);
        if (ready && !busy) onSend(sex, race);
      }}
    >
      <p className="muted">{t.lead}</p>
      <ul className="small groups__terms">{t.terms.map((term) => <li key={term}>{term}</li>)}</ul>
      <div className="field">
        <label htmlFor="groups-sex">{t.sex}</label>
        <select id="groups-sex" className="input" value={sex} onChange={(event) => { setSex(event.target.value as Sex | ''); }}>
          <option value="">{t.choose}</option>
          {Object.entries(t.sexes).map(([value, words]) => <option key={value} value={value}>{words}</option>)}
        </select>
      </div>
      <div className="field">
        <label htmlFor="groups-race">{t.race}</label>
        <select id="groups-race" className="input" aria-describedby="groups-race-hint" value={race} onChange={(event) => { setRace(event.target.value as Race | ''); }}>
          <option value="">{t.choose}</option>
          {Object.entries(t.races).map(([value, words]) => <option key={value} value={value}>{words}</option>)}
        </select>
        <p id="groups-race-hint" className="field__hint">{t.raceHint}</p>
      </div>
      <label className="groups__agree">
        <input type="checkbox" checked={agreed} onChange={(event) => { setAgreed(event.target.checked); }} />
        <span>{t.agree}</span>
      </label>
      <div role="alert">{missing && <p className="field__error">{t.incomplete}</p>}</div>
      <div><Button type="submit" pending={busy}>{busy ? t.sending : t.send}</Button></div>
    </form>
  );
}

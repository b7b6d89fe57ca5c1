import { useState } from 'react';

import { Button } from '../../design/Button';
import { Icon, type IconName } from '../../design/Icon';
import { Notice } from '../../design/Notice';
import { useMessages } from '../../messages';
import type { ConsentItem, Consents, Invitation, Mode } from '../core/journey';
import { languageName } from '../interviewLanguage';
import { CandidateShell } from './CandidateShell';
import { Portrait } from './Portrait';

interface TrustPageProps {
  invitation: Invitation;
  error: string | null;
  joining: boolean;
  onVoice: (consents: Consents) => void;
  onText: (consents: Consents) => void;
}

type Missing = 'consent' | 'way' | null;

/** What Aila is, what is kept and why; nothing is ticked beforehand. */
export function TrustPage({ invitation, error, joining, onVoice, onText }: TrustPageProps) {
  const t = useMessages();
  const [granted, setGranted] = useState<ReadonlySet<string>>(new Set());
  const [way, setWay] = useState<Mode | null>(null);
  const [missing, setMissing] = useState<Missing>(null);

  const toggle = (id: string, on: boolean) => {
    const next = new Set(granted);
    if (on) next.add(id);
    else next.delete(id);
    setGranted(next);
    setMissing(null);
  };

  const go = () => {
    const required = invitation.consents.items.filter((item) => item.required);
    if (!required.every((item) => granted.has(item.id))) setMissing('consent');
    else if (way === null) setMissing('way');
    else (way === 'voice' ? onVoice : onText)({ interview: granted.has('interview'), recording: granted.has('recording'), camera: granted.has('camera') });
  };

  return (
    <CandidateShell title={t.common.interviewFor(invitation.position_title)}>
      <form
        className="stack"
        data-gap="l"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          go();
        }}
      >
        <div className="welcome">
          <Portrait />
          <div className="stack" data-gap="s">
            <p className="eyebrow">{invitation.company}</p>
            <h1>{t.trust.hello(invitation.candidate_name)}</h1>
            <p className="lead">{t.trust.title(invitation.position_title)}</p>
          </div>
          <Facts invitation={invitation} way={way} />
        </div>
        <p>{t.trust.spokenLanguage(languageName(invitation.interview_language, t.language))}</p>
        {invitation.status === 'in_progress' && <Notice tone="good">{t.trust.inProgress}</Notice>}
        <section className="stack" aria-labelledby="know">
          <h2 id="know">{t.trust.knowTitle}</h2>
          <div className="prose" lang={invitation.consents.language}>
            {invitation.consents.introduction.map((paragraph) => <p key={paragraph}>{paragraph}</p>)}
          </div>
        </section>
        <section className="stack" aria-labelledby="agree">
          <div>
            <h2 id="agree">{t.trust.agreeTitle}</h2>
            <p className="muted small">{t.trust.agreeHint}</p>
          </div>
          {invitation.consents.items.map((item) => (
            <Consent key={item.id} item={item} language={invitation.consents.language} granted={granted.has(item.id)} onChange={(on) => { toggle(item.id, on); }} />
          ))}
        </section>
        <WayChoice invitation={invitation} way={way} onChange={(chosen) => { setWay(chosen); setMissing(null); }} />
        <div className="stack">
          <div role="alert">
            {missing !== null && (
              <Notice tone="danger">{missing === 'consent' ? t.trust.needConsent : t.trust.needWay}</Notice>
            )}
            {error !== null && <Notice tone="danger">{error}</Notice>}
          </div>
          <Button type="submit" kind="primary" disabled={joining} wide>
            {joining ? t.trust.joining : way === 'text' ? t.trust.beginText : t.trust.begin}
          </Button>
          <p className="muted small">{t.trust.human(invitation.company)}</p>
        </div>
      </form>
    </CandidateShell>
  );
}

function Facts({ invitation, way }: { invitation: Invitation; way: Mode | null }) {
  const t = useMessages();
  const facts: readonly (readonly [IconName, string])[] = [
    ['chat', t.trust.facts.questions(invitation.bank.question_count)],
    ['clock', t.trust.facts.minutes(way === 'text' ? invitation.bank.minutes_typed : invitation.bank.minutes)],
    ['file', t.trust.facts.retention(invitation.retention_days)],
  ];
  return (
    <ul className="facts">
      {facts.map(([icon, words]) => (
        <li key={icon}>
          <Icon name={icon} />
          {words}
        </li>
      ))}
    </ul>
  );
}

interface ConsentProps {
  item: ConsentItem;
  language: string;
  granted: boolean;
  onChange: (on: boolean) => void;
}

function Consent({ item, language, granted, onChange }: ConsentProps) {
  const t = useMessages();
  const id = `consent-${item.id}`;
  return (
    <div className="choice" data-chosen={granted}>
      <input
        id={id}
        type="checkbox"
        checked={granted}
        required={item.required}
        aria-describedby={`${id}-body`}
        onChange={(event) => { onChange(event.target.checked); }}
      />
      <div className="stack" data-gap="s">
        <label htmlFor={id}>
          <span lang={language}>{item.title}</span> <span className="choice__tag">{item.required ? t.trust.required : t.trust.optional}</span>
        </label>
        <div id={`${id}-body`} className="small stack" data-gap="s">
          <p lang={language}>{item.body}</p>
          <p className="muted">
            <strong>{t.trust.withoutIt}</strong> <span lang={language}>{item.without_it}</span>
          </p>
        </div>
      </div>
    </div>
  );
}

interface WayChoiceProps {
  invitation: Invitation;
  way: Mode | null;
  onChange: (way: Mode) => void;
}

function WayChoice({ invitation, way, onChange }: WayChoiceProps) {
  const t = useMessages();
  const voiceGone = !invitation.agent_available;
  const words = {
    voice: { title: t.trust.voice, hint: voiceGone ? t.trust.voiceUnavailable : t.trust.voiceHint, icon: 'mic' },
    text: { title: t.trust.text, hint: t.trust.textHint, icon: 'chat' },
  } as const;
  return (
    <fieldset className="ways">
      <legend>
        <h2>{t.trust.wayTitle}</h2>
      </legend>
      <div className="ways__grid">
        {invitation.modes.map((mode) => (
          <div key={mode} className="choice" data-chosen={way === mode}>
            <input
              id={`way-${mode}`}
              type="radio"
              name="way"
              checked={way === mode}
              disabled={mode === 'voice' && voiceGone}
              aria-describedby={`way-${mode}-hint`}
              onChange={() => { onChange(mode); }}
            />
            <div>
              <label htmlFor={`way-${mode}`}>
                {words[mode].title} <Icon name={words[mode].icon} />
              </label>
              <p id={`way-${mode}-hint`} className="small muted">{words[mode].hint}</p>
            </div>
          </div>
        ))}
      </div>
    </fieldset>
  );
}

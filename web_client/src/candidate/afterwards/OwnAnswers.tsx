import { useState } from 'react';

import { Button } from '../../design/Button';
import { Dialog } from '../../design/Dialog';
import { Icon } from '../../design/Icon';
import { Notice } from '../../design/Notice';
import { useMessages } from '../../messages';
import type { Amendment, OwnAnswers as Answers } from '../candidateApi';
import { newId } from '../core/identifier';
import { useInterviewLanguage } from '../interviewLanguage';
import { problemWords } from '../problemKind';
import { AnswerTools } from './AnswerTools';
import { useOwnSound } from './useOwnSound';

type Turn = Answers['turns'][number];

interface OwnAnswersProps {
  answers: Answers;
  session_token: string;
  onAmend: (amendment: Amendment) => Promise<void>;
}

/** What was said, on demand; each answer can be heard where a recording was kept, and amended while that is possible. */
export function OwnAnswers({ answers, session_token, onAmend }: OwnAnswersProps) {
  const t = useMessages();
  const spoken = useInterviewLanguage();
  const [shown, setShown] = useState(false);
  const sound = useOwnSound(session_token);
  const mine = answers.turns.filter((turn) => turn.speaker === 'candidate');
  const practised = answers.turns.findLast((turn) => turn.kind === 'practice');
  // An answer is withdrawn as a whole: it is explained, and can be put back, at its first turn.
  const goesOn = (turn: Turn) => turn.withdrawn_by !== null && mine.find((other) => other.withdrawn_by === turn.withdrawn_by) !== turn;
  return (
    <section className="stack" aria-labelledby="own-title">
      <h2 id="own-title">{t.own.title}</h2>
      {mine.length === 0 ? (
        <p className="muted">{t.own.none}</p>
      ) : (
        <div>
          <Button icon={shown ? 'up' : 'down'} aria-expanded={shown} onClick={() => { setShown(!shown); }}>
            {shown ? t.own.hide : t.own.show}
          </Button>
        </div>
      )}
      {shown && mine.length > 0 && <Window answers={answers} />}
      {sound.failed && <Notice tone="danger" live="assertive">{t.own.soundFailed}</Notice>}
      {shown && (
        <ol className="own-turns">
          {answers.turns.map((turn) => (
            <li key={turn.id} data-speaker={turn.speaker}>
              <p className="bubble__who">
                {turn.speaker === 'aila' ? t.common.aila : t.common.you}
                {turn.kind === 'practice' && <span className="muted"> · {t.typed.kinds.practice}</span>}
              </p>
              <p lang={spoken} dir="auto" data-withdrawn={turn.withdrawn_by !== null}>{turn.text}</p>
              {turn === practised && <p className="muted small">{t.own.practice}</p>}
              {turn.speaker === 'candidate' && answers.recording_s !== null && turn.withdrawn_by === null && (
                <Hear turn={turn} number={mine.indexOf(turn) + 1} playing={sound.playing === turn.id} sound={sound} />
              )}
              {turn.amendable && (
                <AnswerTools turn={turn} goesOn={goesOn(turn)} number={mine.indexOf(turn) + 1} open={answers.amendable_until !== null} onAmend={onAmend} />
              )}
            </li>
          ))}
        </ol>
      )}
      {answers.amendable_until !== null && answers.turns.some((turn) => turn.amendable) && <Finish onAmend={onAmend} />}
    </section>
  );
}

/** Until when answers can be changed, and how it counts. */
function Window({ answers }: { answers: Answers }) {
  const t = useMessages();
  if (answers.amendable_until === null) return <p className="muted">{t.amend.final}</p>;
  const until = new Date(answers.amendable_until).toLocaleString(t.language, { dateStyle: 'long', timeStyle: 'short' });
  // What was typed cannot have been misheard.
  const correctable = answers.turns.some((turn) => turn.correctable);
  return (
    <div className="stack" data-gap="s">
      <p>{correctable ? t.amend.until(until) : t.amend.untilUncorrected(until)}</p>
      <p className="muted small">{correctable ? t.amend.rule : t.amend.ruleUncorrected}</p>
    </div>
  );
}

/** The way to be done with changing answers before the time is over; asked about first, as it is final. */
function Finish({ onAmend }: { onAmend: (amendment: Amendment) => Promise<void> }) {
  const t = useMessages();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const show = (on: boolean) => {
    setProblem(null);
    setAsking(on);
  };
  const close = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await onAmend({ id: newId(), kind: 'close' });
      setAsking(false);
    } catch (error) {
      setProblem(t.own.notDone(problemWords(error, t)));
    }
    setBusy(false);
  };
  return (
    <div className="own-finish">
      <Button size="small" icon="check" aria-describedby="close-hint" onClick={() => { show(true); }}>{t.amend.close}</Button>
      <p id="close-hint" className="muted small">{t.amend.closeHint}</p>
      <Dialog open={asking} onClose={() => { show(false); }} title={t.amend.closeTitle} description={t.amend.closeBody}>
        <div role="alert">{problem !== null && <Notice tone="danger">{problem}</Notice>}</div>
        <div className="row">
          <Button kind="primary" pending={busy} onClick={() => void close()}>{t.amend.closeYes}</Button>
          <Button onClick={() => { show(false); }}>{t.common.cancel}</Button>
        </div>
      </Dialog>
    </div>
  );
}

interface HearProps {
  turn: Turn;
  number: number;
  playing: boolean;
  sound: ReturnType<typeof useOwnSound>;
}

function Hear({ turn, number, playing, sound }: HearProps) {
  const t = useMessages();
  return (
    <button
      type="button"
      className="button"
      data-kind="quiet"
      data-size="small"
      onClick={() => { if (playing) sound.stop(); else sound.play(turn.id, turn.start_s, turn.end_s); }}
    >
      <Icon name={playing ? 'pause' : 'play'} />
      {playing ? t.own.stop(number) : t.own.hear(number)}
    </button>
  );
}

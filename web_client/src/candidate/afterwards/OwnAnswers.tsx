import { useState } from 'react';

import { Button } from '../../design/Button';
import { Icon } from '../../design/Icon';
import { Notice } from '../../design/Notice';
import { useMessages } from '../../messages';
import type { OwnAnswers as Answers } from '../candidateApi';
import { useInterviewLanguage } from '../interviewLanguage';
import { useOwnSound } from './useOwnSound';

type Turn = Answers['turns'][number];

/** What was said, on demand; each answer can be heard where a recording was kept. */
export function OwnAnswers({ answers, session_token }: { answers: Answers; session_token: string }) {
  const t = useMessages();
  const spoken = useInterviewLanguage();
  const [shown, setShown] = useState(false);
  const sound = useOwnSound(session_token);
  const mine = answers.turns.filter((turn) => turn.speaker === 'candidate');
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
      {sound.failed && <Notice tone="danger" live="assertive">{t.own.soundFailed}</Notice>}
      {shown && (
        <ol className="own-turns">
          {answers.turns.map((turn) => (
            <li key={turn.id} data-speaker={turn.speaker}>
              <p className="bubble__who">{turn.speaker === 'aila' ? t.common.aila : t.common.you}</p>
              <p lang={spoken}>{turn.text}</p>
              {turn.speaker === 'candidate' && answers.recording_s !== null && (
                <Hear turn={turn} number={mine.indexOf(turn) + 1} playing={sound.playing === turn.id} sound={sound} />
              )}
            </li>
          ))}
        </ol>
      )}
    </section>
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

import { useMessages } from '../../messages';
import type { Call } from '../core/call';
import { captionTurns } from '../core/captions';

const SHOWN_CHARACTERS = 220;

/** The end of a long caption: what is being said now, from the start of a word. */
function tail(text: string): string {
  if (text.length <= SHOWN_CHARACTERS) return text;
  const from = text.indexOf(' ', text.length - SHOWN_CHARACTERS);
  return `…${text.slice(from)}`;
}

/**
 * The last words of both sides. Not a live region: a screen reader would talk over Aila, who says the
 * very same; the question can be read on demand.
 */
export function CaptionBox({ call }: { call: Call }) {
  const t = useMessages();
  const turns = captionTurns(call.captions).slice(-2);
  return (
    <section className="captions" aria-label={t.interview.captions}>
      {turns.length === 0 && <p className="muted">{t.interview.captionsEmpty}</p>}
      {turns.map((turn, i) => (
        <p
          key={turn.key}
          className={i === turns.length - 1 ? 'captions__now' : undefined}
          data-speaker={turn.speaker}
          data-final={turn.final}
          data-older={i < turns.length - 1}
        >
          <span data-speaker={turn.speaker}>
            <span className="captions__who">{turn.speaker === 'aila' ? t.common.aila : t.common.you}</span> {tail(turn.text)}
          </span>
        </p>
      ))}
    </section>
  );
}

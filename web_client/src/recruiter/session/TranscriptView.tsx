import type { Schemas } from '../../api/client';
import { clock, sentences, type Span } from '../core/timing';
import type { Place } from './SessionPage';

type Turn = Schemas['Turn'];

interface TranscriptViewProps {
  turns: readonly Turn[];
  place: Place | null;
  /** The turn that is being played; null while nothing is. */
  heard: string | null;
  playable: boolean;
  onPlay: (place: Place) => void;
}

/** Everything that was said; a click on a sentence plays from there. */
export function TranscriptView({ turns, place, heard, playable, onPlay }: TranscriptViewProps) {
  if (turns.length === 0) return <p className="empty">Nothing was said yet.</p>;
  return (
    // A region that scrolls must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="transcript" role="region" aria-label="What was said" tabIndex={0}>
      {turns.map((turn) => (
        <article key={turn.id} id={`turn-${turn.id}`} className="turn" data-speaker={turn.speaker} data-heard={heard === turn.id}>
          <p className="turn__who">
            {turn.speaker === 'aila' ? 'Aila' : 'Candidate'}
            <span className="muted"> · {turn.kind.replace('_', '-')}{playable && ` · ${clock(turn.start)}`}</span>
          </p>
          <p className="turn__text">
            {sentences(turn.text).map((span) => (
              <Sentence
                key={span.start}
                turn={turn}
                span={span}
                marked={place !== null && place.turn_id === turn.id ? place : null}
                playable={playable}
                onPlay={onPlay}
              />
            ))}
          </p>
        </article>
      ))}
    </div>
  );
}

interface SentenceProps {
  turn: Turn;
  span: Span;
  marked: Span | null;
  playable: boolean;
  onPlay: (place: Place) => void;
}

function Sentence({ turn, span, marked, playable, onPlay }: SentenceProps) {
  const words = <Marked text={turn.text} span={span} marked={marked} />;
  if (!playable) return words;
  const play = () => { onPlay({ turn_id: turn.id, ...span }); };
  return (
    // Not a button element: that would not flow with the sentences around it.
    <span
      role="button"
      tabIndex={0}
      className="sentence"
      title="Play from here"
      onClick={play}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return;
        event.preventDefault();
        play();
      }}
    >
      {words}
    </span>
  );
}

/** A stretch of the text with the chosen quote marked where the two overlap. */
function Marked({ text, span, marked }: { text: string; span: Span; marked: Span | null }) {
  const from = Math.max(span.start, marked?.start ?? Infinity);
  const to = Math.min(span.end, marked?.end ?? -Infinity);
  if (from >= to) return text.slice(span.start, span.end);
  return (
    <>
      {text.slice(span.start, from)}
      <mark>{text.slice(from, to)}</mark>
      {text.slice(to, span.end)}
    </>
  );
}

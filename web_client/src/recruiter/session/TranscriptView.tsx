import { Fragment } from 'react';

import type { Schemas } from '../../api/client';
import { clock, sentences, type Span } from '../core/timing';
import { AmendedAnswer, WithdrawnAnswer, type Amended } from './AmendedAnswer';
import type { Place } from './SessionPage';

type Turn = Schemas['Turn'];

interface TranscriptViewProps {
  turns: readonly Turn[];
  place: Place | null;
  /** The turn that is being played; null while nothing is. */
  heard: string | null;
  playable: boolean;
  /** What the candidate changed afterwards. */
  amendments: readonly Amended[];
  onPlay: (place: Place) => void;
  onHear: (at_s: number) => void;
}

/** Everything that was said; a click on a sentence plays from there. */
export function TranscriptView({ turns, place, heard, playable, amendments, onPlay, onHear }: TranscriptViewProps) {
  const amended = new Map(amendments.map((one) => [one.turn_id, one]));
  const gaps = amendments.filter((one) => one.withdrawn);
  const gapsBetween = (after_s: number, until_s: number) =>
    gaps.filter((gap) => gap.start_s >= after_s && gap.start_s < until_s).map((gap) => <WithdrawnAnswer key={gap.turn_id} />);
  if (turns.length === 0 && gaps.length === 0) return <p className="empty">Nothing was said yet.</p>;
  return (
    // A region that scrolls must be reachable by keyboard.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="transcript" role="region" aria-label="What was said" tabIndex={0}>
      {gapsBetween(-Infinity, turns[0]?.start ?? Infinity)}
      {turns.map((turn, i) => (
        <Fragment key={turn.id}>
          <article id={`turn-${turn.id}`} className="turn" data-speaker={turn.speaker} data-heard={heard === turn.id}>
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
            <Amendment amended={amended.get(turn.id)} onHear={playable ? onHear : null} />
          </article>
          {gapsBetween(turn.start, turns[i + 1]?.start ?? Infinity)}
        </Fragment>
      ))}
    </div>
  );
}

function Amendment({ amended, onHear }: { amended: Amended | undefined; onHear: ((at_s: number) => void) | null }) {
  return amended === undefined || amended.withdrawn ? null : <AmendedAnswer amended={amended} onHear={onHear} />;
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

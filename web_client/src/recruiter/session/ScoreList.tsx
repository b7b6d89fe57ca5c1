import { Icon } from '../../design/Icon';
import { Chip } from '../Chip';
import { reasonWords } from '../core/words';
import { ScoreBar } from '../ScoreBar';
import { withRepeats } from '../core/quotes';
import type { CriterionResult as Criterion, SessionDetail as Session } from '../staffApi';
import type { Place } from './SessionPage';

type Evidence = Criterion['indicators'][number]['evidence'][number];

const tones = { high: 'good', medium: 'accent', yes: 'plain', no: 'plain' } as const;
/** What was found faintly is a hint to read: of such quotes about every second one shows the behaviour (docs/scoring-evaluation.md). */
const values = { high: 'high', medium: 'medium', yes: 'hint', no: 'no' } as const;

interface ScoreListProps {
  session: Session;
  onQuote: (place: Place) => void;
}

/** Each criterion's score, and under it the behaviours with the words that show them. */
export function ScoreList({ session, onQuote }: ScoreListProps) {
  const { scores } = session;
  if (scores === null) {
    return (
      <section className="stack" data-gap="s">
        <h2>Scores</h2>
        <p className="empty">
          {session.status === 'failed' ? 'This interview could not be scored.' : 'There are no scores yet. They appear here a few seconds after the interview has ended.'}
        </p>
      </section>
    );
  }
  const found = scores.criteria.filter((c) => !c.abstained);
  const abstained = scores.criteria.filter((c) => c.abstained);
  return (
    <section className="stack" aria-labelledby="scores-title">
      <div>
        <h2 id="scores-title">Scores</h2>
        <p className="small muted">
          From 0 to 3, with the interval the score lies in; the upright line is the required level. Rubric {scores.rubric.id} {scores.rubric.version}.
          Read the quotes before you rely on them; what is marked “hint” was found only faintly.
        </p>
      </div>
      {found.map((criterion) => <CriterionBox key={criterion.id} criterion={criterion} session={session} onQuote={onQuote} />)}
      {abstained.length > 0 && (
        <div className="stack" data-gap="s">
          <h3>Not scored</h3>
          <ul className="plain-list small">
            {abstained.map((criterion) => (
              <li key={criterion.id}>
                {nameOf(session, criterion.id)} <span className="muted">({reasonWords(criterion.reason)})</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

function nameOf(session: Session, criterion_id: string): string {
  return session.rubric.criteria.find((c) => c.id === criterion_id)?.name ?? criterion_id;
}

function CriterionBox({ criterion, session, onQuote }: { criterion: Criterion; session: Session; onQuote: (place: Place) => void }) {
  const name = nameOf(session, criterion.id);
  const behaviours = session.rubric.criteria.find((c) => c.id === criterion.id)?.behaviours ?? [];
  const shown = criterion.indicators.filter((i) => i.value !== 'no');
  const absent = criterion.indicators.filter((i) => i.value === 'no');
  const quotes = withRepeats(shown.flatMap((indicator) => indicator.evidence.map((evidence) => ({ ...evidence, behaviour: indicator.id }))));
  const contradicting = criterion.indicators.flatMap((indicator) => indicator.contradicting.map((quote) => ({ ...quote, behaviour: '' })));
  const against = withRepeats(contradicting).filter((quote) => !quote.repeats).length;
  const statement = (id: string) => behaviours.find((b) => b.id === id)?.statement ?? id;
  return (
    <details className="criterion" open={shown.length > 0}>
      <summary>
        <h3>{name}</h3>
        <ScoreBar name={name} score={criterion.score} interval={criterion.interval} required={session.levels[criterion.id]?.required ?? null} />
        <Icon name="down" />
        {against > 0 && <span className="small muted criterion__against">{against === 1 ? '1 speaks against it' : `${String(against)} speak against it`}</span>}
      </summary>
      <ul className="behaviours">
        {shown.map((indicator) => (
          <li key={indicator.id}>
            <p>
              {statement(indicator.id)} <Chip tone={tones[indicator.value]}>{values[indicator.value]}</Chip>
            </p>
            {quotes.filter((quote) => quote.behaviour === indicator.id && !quote.sameBehaviour).map((quote) => (
              <QuoteButton key={`${quote.turn} ${String(quote.start)}`} quote={quote} repeats={quote.repeats} onQuote={onQuote} />
            ))}
            <Contradicting quotes={indicator.contradicting} onQuote={onQuote} />
          </li>
        ))}
      </ul>
      {absent.length > 0 && (
        <details className="absent small">
          <summary>Not shown in the answers ({absent.length})</summary>
          <ul className="plain-list muted">
            {absent.map((i) => (
              <li key={i.id}>
                {statement(i.id)}
                <Contradicting quotes={i.contradicting} onQuote={onQuote} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </details>
  );
}

interface QuoteButtonProps {
  quote: Evidence;
  repeats?: boolean;
  onQuote: (place: Place) => void;
}

function QuoteButton({ quote, repeats = false, onQuote }: QuoteButtonProps) {
  return (
    <button
      type="button"
      className="quote"
      aria-label={`Play the quote: ${quote.quote}`}
      onClick={() => { onQuote({ turn_id: quote.turn, start: quote.start, end: quote.end }); }}
    >
      <Icon name="play" />
      {repeats ? <span className="muted small">the same words as above</span> : <q>{quote.quote}</q>}
    </button>
  );
}

/** What speaks against a behaviour, beside what speaks for it. */
function Contradicting({ quotes, onQuote }: { quotes: readonly Evidence[]; onQuote: (place: Place) => void }) {
  if (quotes.length === 0) return null;
  return (
    <div className="stack contradicting" data-gap="s">
      <p className="small">Speaks against it:</p>
      {withRepeats(quotes.map((quote) => ({ ...quote, behaviour: '' }))).filter((quote) => !quote.repeats).map((quote) => (
        <QuoteButton key={`${quote.turn} ${String(quote.start)}`} quote={quote} onQuote={onQuote} />
      ))}
    </div>
  );
}

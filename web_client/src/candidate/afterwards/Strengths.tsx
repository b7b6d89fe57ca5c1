import { useEffect, useState } from 'react';

import { useMessages } from '../../messages';
import { readStrengths, type Strengths as Found } from '../candidateApi';
import { useInterviewLanguage } from '../interviewLanguage';

interface StrengthsProps {
  session_token: string;
  status: string | undefined;
  /** Whether the answers can no longer be changed. */
  final: boolean;
}

/** What was found, in own words, where the position shows it; no score. */
export function Strengths({ session_token, status, final }: StrengthsProps) {
  const messages = useMessages();
  const t = messages.strengths;
  const spoken = useInterviewLanguage();
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    let current = true;
    readStrengths(session_token).then(
      (read) => { if (current) setFound(read); },
      // The rest of the page stands without it; a reload tries again.
      () => undefined,
    );
    return () => { current = false; };
  }, [session_token, status, final]);

  if (found === null || found.available === 'not_shown') return null;
  return (
    <section className="card stack" aria-labelledby="strengths-title">
      <h2 id="strengths-title">{t.title}</h2>
      {found.available === 'not_yet' ? (
        <p className="muted">{final ? t.notYet : t.notFinal(messages.amend.close)}</p>
      ) : found.strengths.length === 0 ? (
        <p>{t.none}</p>
      ) : (
        <>
          <p className="muted">{t.lead}</p>
          <ul className="strengths stack">
            {found.strengths.map((strength) => (
              <li key={strength.criterion}>
                <Behaviour strength={strength} />
                {strength.quotes.map((quote) => <blockquote key={quote} lang={spoken}>{quote}</blockquote>)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

/** What was found, said to the reader; in the rubric's own words where it is a company's own. */
function Behaviour({ strength }: { strength: Found['strengths'][number] }) {
  const { criteria, behaviours } = useMessages().sheet;
  const spoken = useInterviewLanguage();
  const criterion = textOf(criteria, strength.criterion_id);
  const behaviour = textOf(behaviours, strength.behaviour_id);
  return (
    <>
      <h3 lang={criterion === null ? spoken : undefined}>{criterion ?? strength.criterion}</h3>
      <p lang={behaviour === null ? spoken : undefined}>{behaviour ?? strength.statement}</p>
    </>
  );
}

function textOf(texts: Readonly<Record<string, string>>, id: string | null): string | null {
  return id !== null && Object.hasOwn(texts, id) ? (texts[id] ?? null) : null;
}

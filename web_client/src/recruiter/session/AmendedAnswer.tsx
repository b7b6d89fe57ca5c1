import type { Schemas } from '../../api/client';
import { Difference } from '../../candidate/afterwards/Difference';
import { Button } from '../../design/Button';
import { clock } from '../core/timing';

export type Amended = Schemas['AmendedAnswer'];
type Change = Schemas['ChangeView'];

const verdicts: Readonly<Record<Change['verdict'], string>> = {
  counts: 'scored as corrected: heard unsurely, and it sounds alike',
  not_timed: 'scored as recognised: words were put in or left out',
  heard_clearly: 'scored as recognised: the recogniser was sure',
  unlike: 'scored as recognised: it does not sound alike',
  too_long: 'scored as recognised: too long for the time in which it was heard',
  changes_meaning: 'scored as recognised: it changes who acted, what happened or a number',
};

/** What the candidate changed about an answer afterwards, beside the words that count. */
export function AmendedAnswer({ amended, onHear }: { amended: Amended; onHear: ((at_s: number) => void) | null }) {
  return (
    <div className="amended-answer">
      {amended.correction !== null && (
        <>
          <p className="small"><strong>Corrected by the candidate afterwards</strong></p>
          <Difference text={amended.recognised ?? ''} changes={amended.correction.changes} />
          <ul className="plain-list small muted">
            {amended.correction.changes.map((change) => (
              <li key={`${String(change.start)} ${change.corrected}`}>
                {change.recognised === '' ? 'put in' : `“${change.recognised}”`} → {change.corrected === '' ? 'left out' : `“${change.corrected}”`}:{' '}
                {verdicts[change.verdict]}
                {change.start_s !== null && onHear !== null && (
                  <Button kind="quiet" size="small" icon="play" aria-label={`Hear ${clock(change.start_s)}, “${change.recognised}”`} onClick={() => { onHear(change.start_s ?? 0); }}>
                    Hear {clock(change.start_s)}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {amended.addition !== null && (
        <>
          <p className="small"><strong>Added by the candidate afterwards</strong> <span className="muted">(not scored)</span></p>
          <p>{amended.addition.text}</p>
        </>
      )}
    </div>
  );
}

/** Where an answer was withdrawn: that there was one, and nothing of it. */
export function WithdrawnAnswer() {
  return (
    <article className="turn" data-speaker="candidate" data-withdrawn="true">
      <p className="turn__who">Candidate</p>
      <p className="muted">Withdrawn by the candidate. It is not scored; its sound is muted, and its picture cut out.</p>
    </article>
  );
}

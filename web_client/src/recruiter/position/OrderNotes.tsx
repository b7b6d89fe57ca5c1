import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { Loading } from '../../design/Loading';
import { importanceWords, importances } from '../core/words';
import { ProblemNotice } from '../ProblemNotice';
import { staffApi, type Sensitivity } from '../staffApi';

const LOOK_AGAIN_MS = 15_000;
const SHOWN = 10;
const firsts = [1, 2, 3, 5, 10, 20];
type Pair = Sensitivity['pairs'][number];

/** What the order hangs on: how safe the first places are, and what would turn two neighbours round. */
export function OrderNotes({ positionId, ranked }: { positionId: string; ranked: number }) {
  const [top, setTop] = useState(ranked > 3 ? 3 : 1);
  const found = useQuery({
    queryKey: ['sensitivity', positionId, ranked, top],
    queryFn: () => staffApi.sensitivity(positionId, top),
    refetchInterval: LOOK_AGAIN_MS,
    placeholderData: keepPreviousData,
    enabled: ranked > 1,
  });
  if (ranked < 2) return null;
  return (
    <section className="stack" aria-labelledby="order-title">
      <div>
        <h2 id="order-title">What would change the order</h2>
        <p className="small muted">
          The overall score is each criterion’s score times its importance (useful 1, important 2, essential 3), added up and divided by the
          sum of the importances. Required levels do not enter it. This is to be read before deciding; nothing is decided here.
        </p>
      </div>
      {found.isPending && <Loading />}
      {found.isError && <ProblemNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.isSuccess && (
        <div className="order-notes">
          <Places found={found.data} top={top} onTop={setTop} ranked={ranked} />
          <Neighbours pairs={found.data.pairs} />
        </div>
      )}
    </section>
  );
}

function Places({ found, top, onTop, ranked }: { found: Sensitivity; top: number; onTop: (top: number) => void; ranked: number }) {
  return (
    <div className="stack" data-gap="s">
      <h3 id="places-title">How safe the first places are</h3>
      <label className="row small">
        Among the first
        <select className="input" value={top} onChange={(event) => { onTop(Number(event.target.value)); }}>
          {firsts.filter((n) => n < ranked).map((n) => <option key={n} value={n}>{n}</option>)}
        </select>
      </label>
      <p className="small muted">
        Every score is drawn {found.draws.toLocaleString()} times from its interval, likeliest at the score itself. In how many of 100 draws is
        a candidate among the first {found.top}?
      </p>
      <ul className="places" aria-labelledby="places-title">
        {found.places.slice(0, Math.max(SHOWN, top + 3)).map((place) => (
          <li key={place.session_id}>
            <span>{place.candidate_name}</span>
            <meter min={0} max={1} value={place.share} aria-label={place.candidate_name}>{hundredths(place.share)}</meter>
            <span className="places__share">{hundredths(place.share)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** "92 of 100"; what is not quite certain is not called so. */
function hundredths(share: number): string {
  if (share > 0 && share < 0.01) return 'under 1 of 100';
  if (share < 1 && share > 0.99) return 'over 99 of 100';
  return `${String(Math.round(share * 100))} of 100`;
}

function Neighbours({ pairs }: { pairs: readonly Pair[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? pairs : pairs.slice(0, SHOWN);
  return (
    <div className="stack" data-gap="s">
      <h3>Who stands before whom</h3>
      <ol className="neighbours">
        {shown.map((pair) => (
          <li key={`${pair.upper} ${pair.lower}`}>
            <p><strong>{pair.upper_name}</strong> before <strong>{pair.lower_name}</strong>: {apart(pair)}</p>
            {pair.difference > 0 && (
              <ul className="small">
                <li>{importanceNote(pair)}</li>
                <li>{scoreNote(pair)}</li>
              </ul>
            )}
          </li>
        ))}
      </ol>
      {pairs.length > SHOWN && !all && (
        <div><button type="button" className="link" onClick={() => { setAll(true); }}>Show all {pairs.length}</button></div>
      )}
    </div>
  );
}

function apart(pair: Pair): string {
  if (pair.difference === 0) return 'the same overall score. Their order here says nothing.';
  const distance = `${pair.difference.toFixed(2)} apart`;
  return pair.tied ? `${distance}. The intervals overlap: a tie.` : `${distance}. The intervals do not overlap.`;
}

function importanceNote({ importance_change: change, lower_name }: Pair): string {
  if (change === null) return 'No change of one importance turns them round.';
  const now = change.now === 0 ? 'not counting' : importances[change.now] ?? String(change.now);
  return `If ${change.criterion_name} ${importanceWords(change.then)} instead of ${now}, ${lower_name} would stand first.`;
}

function scoreNote({ score_change: change, ...pair }: Pair): string {
  if (change === null) return 'No single score, moved inside its interval, makes them level.';
  const whose = change.session_id === pair.upper ? pair.upper_name : pair.lower_name;
  const [low, high] = change.interval;
  return (
    `Level if ${change.criterion_name} of ${whose} were ${change.then.toFixed(2)} instead of ${change.now.toFixed(2)}; ` +
    `its interval goes from ${(low ?? 0).toFixed(2)} to ${(high ?? 0).toFixed(2)}.`
  );
}

import { Chip } from '../Chip';
import { fits, reasonWords, scoreWords } from '../core/words';
import type { RankedCriterion } from '../staffApi';

/** One labelled chip for each criterion that the position has a required level for. */
export function FitChips({ criteria }: { criteria: readonly RankedCriterion[] }) {
  const judged = criteria.filter((c) => c.fit !== null);
  if (judged.length === 0) return <span className="muted">–</span>;
  return (
    <ul className="fit-chips">
      {judged.map((criterion) => {
        const fit = fits[criterion.fit ?? 'not_asked'];
        const why = criterion.abstained ? reasonWords(criterion.reason) : scoreWords(criterion.score, criterion.interval);
        return (
          <li key={criterion.id}>
            <Chip tone={fit.tone} icon={fit.icon} title={`${why}; required ${String(criterion.required ?? '–')}`}>
              {criterion.name}: {fit.words}
            </Chip>
          </li>
        );
      })}
    </ul>
  );
}

import type { Schemas } from '../api/client';
import { Chip } from '../recruiter/Chip';

/** One version of a rubric: the sheet that the answers are matched against. */
export function RubricView({ rubric }: { rubric: Schemas['RubricView'] }) {
  const title = `rubric-${rubric.id}-${rubric.version}`;
  return (
    <section className="card stack" aria-labelledby={title}>
      {/* The version belongs to the name: others of the same title stand beside it. */}
      <div id={title}>
        <h2>{rubric.title}</h2>
        <p className="small muted">
          {rubric.id} <strong>{rubric.version}</strong> · {rubric.criteria.length} criteria
        </p>
      </div>
      <div>
        {rubric.criteria.map((criterion) => (
          <details key={criterion.id} className="criterion">
            <summary>
              <h3>{criterion.name}</h3>
              <span className="small muted">{criterion.behaviours.length === 1 ? '1 behaviour' : `${String(criterion.behaviours.length)} behaviours`}</span>
            </summary>
            <ul className="behaviours">
              {criterion.behaviours.map((behaviour) => (
                <li key={behaviour.id}>
                  <p>{behaviour.statement}</p>
                  <p className="row">
                    {behaviour.techniques.map((technique) => <Chip key={technique} tone="plain">{technique.replaceAll('_', ' ')}</Chip>)}
                  </p>
                </li>
              ))}
            </ul>
          </details>
        ))}
      </div>
    </section>
  );
}

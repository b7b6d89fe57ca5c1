import { ApiProblem } from '../api/client';
import { Button } from '../design/Button';
import { Notice } from '../design/Notice';

/** What went wrong, in the server's own words, field by field where it named them. */
export function ProblemNotice({ error, onRetry }: { error: Error; onRetry?: () => void }) {
  const fields = error instanceof ApiProblem ? error.fields : [];
  return (
    <Notice tone="danger" live="assertive">
      <div className="stack" data-gap="s">
        <p>{error.message}</p>
        {fields.length > 0 && (
          <ul className="plain-list">
            {fields.map((field) => (
              <li key={field.field}>
                <strong>{field.field}</strong>: {field.message}
              </li>
            ))}
          </ul>
        )}
        {onRetry !== undefined && <div><Button size="small" onClick={onRetry}>Try again</Button></div>}
      </div>
    </Notice>
  );
}

import type { Schemas } from '../api/client';
import { ScrollArea } from '../design/ScrollArea';

type Summary = Schemas['FeedbackSummaryView'];

const statements: Readonly<Record<Summary['statements'][number]['statement'], string>> = {
  understood: 'Aila understood me',
  time: 'I had the time I needed',
  fair: 'The questions were fair',
  again: 'I would do it again',
};

/** How interviews felt to candidates; what only a few said is not told. */
export function FeedbackView({ summaries }: { summaries: readonly Summary[] }) {
  return (
    <section className="card stack" aria-labelledby="felt-title">
      <h2 id="felt-title">How it felt to candidates</h2>
      <p className="muted small">Means of 1 (not at all) to 5 (fully), voluntary and without names. Fewer than five answers are not told.</p>
      <ScrollArea label="How interviews felt">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Bank</th>
              <th scope="col">Opinions</th>
              {Object.entries(statements).map(([statement, words]) => <th key={statement} scope="col">{words}</th>)}
            </tr>
          </thead>
          <tbody>
            {summaries.map((summary) => (
              <tr key={`${summary.bank_id} ${summary.bank_version} ${summary.mode}`}>
                <th scope="row">
                  {summary.bank_id} <strong>{summary.bank_version}</strong> <span className="muted">· {summary.mode === 'voice' ? 'spoken' : 'typed'}</span>
                </th>
                <td className="number">{summary.n}</td>
                {summary.statements.map((one) => (
                  <td key={one.statement} className="number">
                    {one.mean === null ? <span className="muted">too few</span> : <>{one.mean.toFixed(1)} <span className="muted small">n = {one.n}</span></>}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
      {summaries.filter((summary) => summary.comments.length > 0).map((summary) => (
        <div key={`${summary.bank_id} ${summary.bank_version} ${summary.mode}`}>
          <h3>{summary.bank_id} {summary.bank_version}, {summary.mode === 'voice' ? 'spoken' : 'typed'}: in their words</h3>
          <ul className="bullets">{summary.comments.map((comment, i) => <li key={`${String(i)} ${comment}`}>{comment}</li>)}</ul>
        </div>
      ))}
    </section>
  );
}

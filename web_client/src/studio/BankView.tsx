import type { Schemas } from '../api/client';
import { Notice } from '../design/Notice';
import { ScrollArea } from '../design/ScrollArea';
import { CountBar } from './CountBar';

/** One version of a bank: its questions, and how they were answered so far. */
export function BankView({ bank }: { bank: Schemas['BankView'] }) {
  const most_answers = Math.max(1, ...bank.questions.map((q) => q.answers));
  const most_words = Math.max(1, ...bank.questions.map((q) => q.median_words ?? 0));
  const title = `bank-${bank.id}-${bank.version}`;
  return (
    <section className="card stack" aria-labelledby={title}>
      {/* The version belongs to the name: others of the same title stand beside it. */}
      <div id={title}>
        <h2>{bank.title}</h2>
        <p className="small muted">
          {bank.id} <strong>{bank.version}</strong> · {bank.questions.length} questions · about {bank.minutes} minutes by talking ({Math.round(bank.interview_s / 60)} at
          most), {bank.minutes_typed} by typing ·{' '}
          <code title={bank.content_hash}>{bank.content_hash.slice(0, 19)}…</code>
        </p>
      </div>
      {bank.findings.length > 0 && (
        <Notice tone="caution">
          <ul className="plain-list">
            {bank.findings.map((finding) => (
              <li key={`${finding.where} ${finding.message}`}>
                <strong>{finding.severity}</strong> {finding.where}: {finding.message}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <ScrollArea label={`Questions of ${bank.id} ${bank.version}`}>
        <table className="table questions">
          <thead>
            <tr>
              <th scope="col">Question</th>
              <th scope="col">Follow-ups</th>
              <th scope="col">Answers</th>
              <th scope="col">Median length</th>
              <th scope="col">Skipped</th>
            </tr>
          </thead>
          <tbody>
            {bank.questions.map((question) => (
              <tr key={question.id}>
                <th scope="row">
                  <p>{question.text}</p>
                  <p className="small muted">{question.id} · {question.criteria.map((c) => c.replaceAll('_', ' ')).join(', ')}</p>
                </th>
                <td className="number">{question.probes}</td>
                <td><CountBar value={question.answers} most={most_answers} words={String(question.answers)} /></td>
                <td>
                  {question.median_words === null ? (
                    <span className="muted">no answers yet</span>
                  ) : (
                    <CountBar
                      value={question.median_words}
                      most={most_words}
                      words={`${String(Math.round(question.median_words))} words${question.median_s === null ? '' : `, ${String(Math.round(question.median_s))} s`}`}
                    />
                  )}
                </td>
                <td className="number">{question.skipped}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </section>
  );
}

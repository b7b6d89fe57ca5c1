import { Button } from '../../design/Button';
import { useMessages, type Messages } from '../../messages';
import { saveFile } from '../saveFile';
import type { Receipt } from '../core/journey';
import { CandidateShell } from './CandidateShell';

function linesOf(receipt: Receipt, t: Messages): readonly string[] {
  const kinds: Readonly<Record<string, (count: number) => string>> = t.erased.kinds;
  return Object.entries(receipt.erased).flatMap(([kind, count]) => {
    const words = kinds[kind];
    return words === undefined || count === 0 ? [] : [words(count)];
  });
}

/** Nothing is left of the interview but this receipt, which names nobody. */
export function ErasedPage({ receipt }: { receipt: Receipt }) {
  const t = useMessages();
  const when = new Date(receipt.erased_at).toLocaleString(t.language, { dateStyle: 'long', timeStyle: 'short' });
  const lines = linesOf(receipt, t);
  const save = () => {
    const text = [`${t.erased.file} ${receipt.receipt}`, `${t.erased.when}: ${receipt.erased_at}`, ...lines].join('\n');
    saveFile(new Blob([`${text}\n`], { type: 'text/plain' }), `aila-receipt-${receipt.receipt}.txt`);
  };
  return (
    <CandidateShell title={t.erased.title}>
      <div className="stack" data-gap="l">
        <div className="stack" data-gap="s">
          <h1>{t.erased.title}</h1>
          <p className="lead">{t.erased.body}</p>
        </div>
        <section className="card stack" aria-labelledby="receipt-title">
          <h2 id="receipt-title">{t.erased.receipt} <span className="reference">{receipt.receipt}</span></h2>
          <p>{t.erased.when} <time dateTime={receipt.erased_at}>{when}</time></p>
          <div>
            <h3>{t.erased.what}</h3>
            <ul className="bullets">{lines.map((line) => <li key={line}>{line}</li>)}</ul>
          </div>
          <div>
            <Button icon="file" onClick={save}>{t.erased.save}</Button>
          </div>
        </section>
        <p>{t.afterwards.close}</p>
      </div>
    </CandidateShell>
  );
}

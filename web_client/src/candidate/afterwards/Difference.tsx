import type { Schemas } from '../../api/client';

type Change = Schemas['ChangeView'];

/** The words as recognised, with what was put in their place: struck out and put in, for eyes and screen readers alike. */
export function Difference({ text, changes }: { text: string; changes: readonly Change[] }) {
  const pieces = changes.map((change, i) => ({ before: text.slice(changes[i - 1]?.end ?? 0, change.start), change }));
  return (
    <p className="difference">
      {pieces.map(({ before, change }) => (
        <span key={change.start}>
          {before}
          {change.recognised !== '' && <del>{change.recognised}</del>}
          {change.recognised !== '' && change.corrected !== '' && ' '}
          {change.corrected !== '' && <ins>{change.corrected}</ins>}
          {change.recognised === '' && ' '}
        </span>
      ))}
      {text.slice(changes.at(-1)?.end ?? 0)}
    </p>
  );
}

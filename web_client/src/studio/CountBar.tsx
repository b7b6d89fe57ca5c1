/** A figure in words with a small bar beside it; the bar only repeats it. */
export function CountBar({ value, most, words }: { value: number; most: number; words: string }) {
  return (
    <span className="count">
      <span className="count__track" aria-hidden="true">
        <span style={{ transform: `scaleX(${String(value / most)})` }} />
      </span>
      <span>{words}</span>
    </span>
  );
}

import { scoreWords } from './core/words';

interface ScoreBarProps {
  score: number | null;
  interval: readonly number[] | null;
  /** The position's required level, drawn as a tick; null without one. */
  required?: number | null;
  name: string;
}

const WIDTH = 150;
const at = (level: number) => 5 + (level / 3) * (WIDTH - 10);

/** A score from 0 to 3 as a dot on its interval, with the required level as a tick. */
export function ScoreBar({ score, interval, required = null, name }: ScoreBarProps) {
  const needed = required === null ? '' : `, required ${required.toFixed(1)}`;
  const [low, high] = interval ?? [score ?? 0, score ?? 0];
  return (
    <span className="score">
      <svg viewBox={`0 0 ${String(WIDTH)} 20`} role="img" aria-label={`${name}: ${scoreWords(score, interval)} of 3${needed}`}>
        <line x1={at(0)} x2={at(3)} y1="10" y2="10" className="score__axis" />
        {[0, 1, 2, 3].map((level) => <line key={level} x1={at(level)} x2={at(level)} y1="7" y2="13" className="score__axis" />)}
        {score !== null && (
          <>
            <rect x={at(low ?? 0)} width={Math.max(3, at(high ?? 0) - at(low ?? 0))} y="6" height="8" rx="4" className="score__interval" />
            <circle cx={at(score)} cy="10" r="5" className="score__dot" />
          </>
        )}
        {required !== null && <path d={`M${String(at(required))} 1v18`} className="score__required" />}
      </svg>
      <span className="score__words" aria-hidden="true">{scoreWords(score, interval)}</span>
    </span>
  );
}

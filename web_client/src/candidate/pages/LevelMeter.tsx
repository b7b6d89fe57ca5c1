/** A bar as long as the microphone is loud, 0 to 1. */
export function LevelMeter({ level, label }: { level: number; label: string }) {
  const percent = Math.round(level * 100);
  return (
    <div className="meter" role="meter" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
      <div className="meter__fill" style={{ transform: `scaleX(${String(level)})` }} />
    </div>
  );
}

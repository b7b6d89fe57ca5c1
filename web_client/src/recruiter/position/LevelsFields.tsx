import type { Schemas } from '../../api/client';
import { ScrollArea } from '../../design/ScrollArea';
import { importances, levels as levelNames, margins } from '../core/words';

export type Levels = Schemas['LevelsRequest']['levels'];
type Level = Levels[string];

const choices = [0, 0.5, 1, 1.5, 2, 2.5, 3];
const NEW: Level = { required: null, importance: 2, exceeds_margin: 0.75 };

/** The choices, and a finer value that was set by other means. */
function choicesWith(value: number | null | undefined, usual: readonly number[]): readonly number[] {
  if (value == null || usual.includes(value)) return usual;
  return [...usual, value].sort((a, b) => a - b);
}

function levelWords(level: number): string {
  return Number.isInteger(level) ? `${String(level)} · ${levelNames[level] ?? ''}` : String(level);
}

interface LevelsFieldsProps {
  criteria: readonly Schemas['Criterion'][];
  levels: Levels;
  onChange: (levels: Levels) => void;
}

/** Importance, required level and margin, criterion by criterion. */
export function LevelsFields({ criteria, levels, onChange }: LevelsFieldsProps) {
  const change = (id: string, level: Level | undefined) => {
    const others = Object.fromEntries(Object.entries(levels).filter(([key]) => key !== id));
    onChange(level === undefined ? others : { ...others, [id]: level });
  };
  return (
    <ScrollArea label="What is asked of each criterion">
      <table className="table" data-narrow="cards">
        <thead>
          <tr>
            <th scope="col">Criterion</th>
            <th scope="col">Importance in the order</th>
            <th scope="col">Required level</th>
            <th scope="col">Exceeds from</th>
          </tr>
        </thead>
        <tbody>
          {criteria.map((criterion) => (
            <LevelRow key={criterion.id} criterion={criterion} level={levels[criterion.id]} onChange={(level) => { change(criterion.id, level); }} />
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
}

interface LevelRowProps {
  criterion: Schemas['Criterion'];
  level: Level | undefined;
  onChange: (level: Level | undefined) => void;
}

function LevelRow({ criterion: { name }, level, onChange }: LevelRowProps) {
  const required = level?.required ?? null;
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-label="Importance in the order">
        <select
          className="input"
          aria-label={`Importance of ${name}`}
          value={level?.importance ?? ''}
          onChange={({ target: { value } }) => { onChange(value === '' ? undefined : { ...(level ?? NEW), importance: Number(value) }); }}
        >
          <option value="">does not count</option>
          {Object.entries(importances).map(([value, words]) => <option key={value} value={value}>{words}</option>)}
        </select>
      </td>
      <td data-label="Required level">
        <select
          className="input"
          aria-label={`Required level for ${name}`}
          value={required ?? ''}
          onChange={({ target: { value } }) => { onChange(value === '' ? level && { ...level, required: null } : { ...(level ?? NEW), required: Number(value) }); }}
        >
          <option value="">not required</option>
          {choicesWith(required, choices).map((c) => <option key={c} value={c}>{levelWords(c)}</option>)}
        </select>
      </td>
      <td data-label="Exceeds from">
        <select
          className="input"
          aria-label={`Margin from which ${name} is exceeded`}
          value={level?.exceeds_margin ?? NEW.exceeds_margin}
          disabled={required === null}
          onChange={({ target: { value } }) => { onChange({ ...(level ?? NEW), exceeds_margin: Number(value) }); }}
        >
          {choicesWith(level?.exceeds_margin, Object.keys(margins).map(Number).sort((a, b) => a - b)).map((m) => (
            <option key={m} value={m}>{margins[m] ?? `${String(m)} above`}{required !== null && required + m > 3 ? ' (out of reach)' : ''}</option>
          ))}
        </select>
      </td>
    </tr>
  );
}

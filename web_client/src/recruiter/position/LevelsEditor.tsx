import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import type { Schemas } from '../../api/client';
import { Button } from '../../design/Button';
import { Notice } from '../../design/Notice';
import { ScrollArea } from '../../design/ScrollArea';
import { importances, levels as levelNames } from '../core/words';
import { ProblemNotice } from '../ProblemNotice';
import { staffApi } from '../staffApi';

type Levels = Schemas['LevelsRequest']['levels'];

const choices = [0, 0.5, 1, 1.5, 2, 2.5, 3];

/** The choices, and a finer level that was set by other means. */
function choicesWith(level: number | undefined): readonly number[] {
  if (level === undefined || choices.includes(level)) return choices;
  return [...choices, level].sort((a, b) => a - b);
}

function choiceWords(level: number): string {
  return Number.isInteger(level) ? `${String(level)} · ${levelNames[level] ?? ''}` : level.toFixed(1);
}

/** What the position requires, criterion by criterion; the order of candidates follows at once. */
export function LevelsEditor({ position }: { position: Schemas['PositionView'] }) {
  const [levels, setLevels] = useState<Levels>(position.levels);
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () => staffApi.setLevels(position.id, levels),
    onSuccess: (saved) => {
      queries.setQueryData(['position', position.id], saved);
      return queries.invalidateQueries({ queryKey: ['ranking', position.id] });
    },
  });

  const change = (id: string, level: Levels[string] | null) => {
    save.reset();
    const others = Object.fromEntries(Object.entries(levels).filter(([key]) => key !== id));
    setLevels(level === null ? others : { ...others, [id]: level });
  };

  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <p className="muted">
        Levels go from 0 (none) to 3 (high). A candidate fits a criterion only when the whole interval of the score reaches the level.
        Exceeding it is never held against anybody.
      </p>
      <ScrollArea label="Levels">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Criterion</th>
              <th scope="col">Required level</th>
              <th scope="col">Importance</th>
            </tr>
          </thead>
          <tbody>
            {position.criteria.map((criterion) => {
              const level = levels[criterion.id];
              return (
                <tr key={criterion.id}>
                  <th scope="row">{criterion.name}</th>
                  <td>
                    <select
                      className="input"
                      aria-label={`Required level for ${criterion.name}`}
                      value={level === undefined ? '' : String(level.required)}
                      onChange={(event) => {
                        const { value } = event.target;
                        change(criterion.id, value === '' ? null : { required: Number(value), importance: level?.importance ?? 2 });
                      }}
                    >
                      <option value="">not required</option>
                      {choicesWith(level?.required).map((c) => <option key={c} value={c}>{choiceWords(c)}</option>)}
                    </select>
                  </td>
                  <td>
                    <select
                      className="input"
                      aria-label={`Importance of ${criterion.name}`}
                      value={level?.importance ?? ''}
                      disabled={level === undefined}
                      onChange={(event) => {
                        if (level !== undefined) change(criterion.id, { ...level, importance: Number(event.target.value) });
                      }}
                    >
                      {level === undefined && <option value="">–</option>}
                      {Object.entries(importances).map(([value, words]) => <option key={value} value={value}>{words}</option>)}
                    </select>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollArea>
      {save.isError && <ProblemNotice error={save.error} />}
      <div role="status">{save.isSuccess && <Notice tone="good">Saved. The list of candidates follows these levels.</Notice>}</div>
      <div>
        <Button type="submit" kind="primary" disabled={save.isPending}>Save levels</Button>
      </div>
    </form>
  );
}

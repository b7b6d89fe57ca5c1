import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { Button } from '../../design/Button';
import { ProblemNotice } from '../ProblemNotice';
import { staffApi } from '../staffApi';
import type { Levels } from './LevelsFields';

interface RoleFillProps {
  criteria: readonly { id: string; name: string }[];
  levels: Levels;
  onFill: (levels: Levels) => void;
}

/** Fills in the importances of a common role; required levels stay as they are. */
export function RoleFill({ criteria, levels, onFill }: RoleFillProps) {
  const choices = useQuery({ queryKey: ['position-choices'], queryFn: staffApi.positionChoices, staleTime: Infinity });
  const [role_id, setRoleId] = useState('');
  const [filled, setFilled] = useState<string | null>(null);
  if (choices.isPending) return null;
  if (choices.isError) return <ProblemNotice error={choices.error} onRetry={() => void choices.refetch()} />;
  const { roles, mapping, attribution } = choices.data;
  const role = roles.find((r) => r.id === role_id);
  const fill = () => {
    if (role === undefined) return;
    const known = criteria.filter(({ id }) => role.importance[id] !== undefined);
    const changed = known.map(({ id }) => {
      const kept = levels[id] ?? { required: null, exceeds_margin: 0.75 };
      return [id, { ...kept, importance: role.importance[id] ?? 2 }];
    });
    onFill({ ...levels, ...(Object.fromEntries(changed) as Levels) });
    setFilled(role.title);
  };
  return (
    <div className="stack" data-gap="s">
      <div className="filters">
        <label className="field">
          <span>Fill in the importances of a role</span>
          <select className="input" value={role_id} onChange={(event) => { setRoleId(event.target.value); setFilled(null); }}>
            <option value="">choose a role</option>
            {roles.map((r) => <option key={r.id} value={r.id}>{r.title}</option>)}
          </select>
        </label>
        <Button onClick={fill} disabled={role === undefined}>Fill in</Button>
      </div>
      <p className="small" role="status">
        {filled !== null && `Importances of ${filled} are filled in. Change what is different in your team; required levels were not touched.`}
      </p>
      <details className="small">
        <summary>Where these importances come from</summary>
        <div className="stack" data-gap="s">
          <p>
            From how people in the role rated the work styles that it needs, in a survey of the US Department of Labor. A criterion whose work
            styles are rated clearly above the role’s mean is essential, clearly below useful, else important. They are a start for your own judgement.
          </p>
          <ul className="plain-list">
            {criteria.filter(({ id }) => mapping[id] !== undefined).map(({ id, name }) => (
              <li key={id}>
                <strong>{name}</strong>: {mapping[id]?.work_styles.join(', ')} ({mapping[id]?.match === 'close' ? 'close match' : 'loose match'}). <span className="muted">{mapping[id]?.why}</span>
              </li>
            ))}
          </ul>
          <p className="muted">{attribution}</p>
        </div>
      </details>
    </div>
  );
}

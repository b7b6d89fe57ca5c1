import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Dispatch, SetStateAction } from 'react';

import type { Schemas } from '../../api/client';
import { Button } from '../../design/Button';
import { Notice } from '../../design/Notice';
import { ProblemNotice } from '../ProblemNotice';
import { staffApi } from '../staffApi';
import { LevelsFields, type Levels } from './LevelsFields';
import { RoleFill } from './RoleFill';

interface LevelsEditorProps {
  position: Schemas['PositionView'];
  /** What was changed and not saved yet; kept for the position, whatever page is looked at meanwhile. */
  draft: Levels | null;
  setDraft: Dispatch<SetStateAction<Levels | null>>;
}

/** What the position asks, criterion by criterion; the order of candidates follows at once. */
export function LevelsEditor({ position, draft, setDraft }: LevelsEditorProps) {
  const levels = draft ?? position.levels;
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: (sent: Levels) => staffApi.setLevels(position.id, sent),
    onSuccess: (saved, sent) => {
      queries.setQueryData(['position', position.id], saved);
      setDraft((current) => (current === sent ? null : current));
      return Promise.all([
        queries.invalidateQueries({ queryKey: ['ranking', position.id] }),
        queries.invalidateQueries({ queryKey: ['sensitivity', position.id] }),
      ]);
    },
  });
  const change = (changed: Levels) => {
    save.reset();
    setDraft(changed);
  };
  const none = Object.keys(levels).length === 0;
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(levels);
      }}
    >
      <LevelsHelp />
      <RoleFill criteria={position.criteria} levels={levels} onFill={change} />
      <LevelsFields criteria={position.criteria} levels={levels} onChange={change} />
      {none && <p className="muted">As long as no criterion is chosen, every one that was scored counts the same.</p>}
      {draft !== null && <p className="muted">Not saved yet.</p>}
      {save.isError && <ProblemNotice error={save.error} />}
      <div role="status">{save.isSuccess && <Notice tone="good">Saved. The list of candidates follows it.</Notice>}</div>
      <div className="row">
        <Button type="submit" kind="primary" disabled={save.isPending || none}>Save levels</Button>
        {draft !== null && <Button onClick={() => { setDraft(null); }}>Discard the changes</Button>}
      </div>
    </form>
  );
}

export function LevelsHelp() {
  return (
    <p className="muted">
      Importance decides the order. Levels go from 0 (none) to 3 (high) and say who fits: only when the whole interval of a score reaches the
      level. Exceeding it is never held against anybody, and nobody is dropped.
    </p>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { Loading } from '../../design/Loading';
import { ProblemNotice } from '../ProblemNotice';
import { staffApi } from '../staffApi';
import { TickSetting } from './TickSetting';

const settings = [
  { name: 'progress', title: 'How far their interview is', hint: 'That a recruiter has read it, and that one has decided; not what.' },
  {
    name: 'strengths',
    title: 'What was found in their answers',
    hint: 'Up to three behaviours of the sheet with their own quotes, once their answers are final. Never scores or a rank.',
  },
] as const;

/** What candidates of a position are shown afterwards; nothing, until it is ticked here. */
export function ShownToCandidates({ positionId }: { positionId: string }) {
  const client = useQueryClient();
  const key = ['shown-to-candidates', positionId];
  const shown = useQuery({ queryKey: key, queryFn: () => staffApi.shownToCandidates(positionId) });
  const save = useMutation({
    mutationFn: (body: { progress: boolean; strengths: boolean }) => staffApi.showCandidates(positionId, body),
    onSuccess: (saved) => { client.setQueryData(key, saved); },
  });
  if (shown.isPending) return <Loading />;
  if (shown.isError) return <ProblemNotice error={shown.error} onRetry={() => void shown.refetch()} />;
  const { data } = shown;
  return (
    <section className="card stack" aria-labelledby="shown-title">
      <h2 id="shown-title">What candidates see afterwards</h2>
      <p className="muted">Every candidate reads and hears their own answers. These two are up to you.</p>
      {settings.map(({ name, title, hint }) => (
        <TickSetting
          key={name}
          id={`shown-${name}`}
          title={title}
          hint={hint}
          checked={data[name]}
          disabled={save.isPending}
          onChange={(on) => { save.mutate({ ...data, [name]: on }); }}
        />
      ))}
      {save.isError && <ProblemNotice error={save.error} />}
      <p role="status" className="small muted">{save.isSuccess && 'Saved.'}</p>
    </section>
  );
}

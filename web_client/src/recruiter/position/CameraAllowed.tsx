import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { Loading } from '../../design/Loading';
import { ProblemNotice } from '../ProblemNotice';
import { staffApi } from '../staffApi';
import { TickSetting } from './TickSetting';

/** Whether candidates of a position may switch their camera on; not, until it is ticked here. */
export function CameraAllowed({ positionId }: { positionId: string }) {
  const client = useQueryClient();
  const key = ['camera-allowed', positionId];
  const camera = useQuery({ queryKey: key, queryFn: () => staffApi.cameraAllowed(positionId) });
  const save = useMutation({
    mutationFn: (allowed: boolean) => staffApi.allowCamera(positionId, allowed),
    onSuccess: (saved) => { client.setQueryData(key, saved); },
  });
  if (camera.isPending) return <Loading />;
  if (camera.isError) return <ProblemNotice error={camera.error} onRetry={() => void camera.refetch()} />;
  return (
    <section className="card stack" aria-labelledby="camera-title">
      <h2 id="camera-title">Camera</h2>
      <TickSetting
        id="camera-allowed"
        title="Candidates may switch their camera on"
        hint="With a consent of its own, and off until they switch it on themselves. Only recruiters see it. It is never scored, and nobody is worse off without it."
        checked={camera.data.allowed}
        disabled={save.isPending}
        onChange={(allowed) => { save.mutate(allowed); }}
      />
      {save.isError && <ProblemNotice error={save.error} />}
      <p role="status" className="small muted">{save.isSuccess && 'Saved.'}</p>
    </section>
  );
}

import * as Tabs from '@radix-ui/react-tabs';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';

import { Button } from '../../design/Button';
import { Loading } from '../../design/Loading';
import { useDocumentTitle } from '../../design/useDocumentTitle';
import { Chip } from '../Chip';
import { ProblemNotice } from '../ProblemNotice';
import { staffApi } from '../staffApi';
import { CameraAllowed } from './CameraAllowed';
import { InviteDialog } from './InviteDialog';
import { LevelsEditor } from './LevelsEditor';
import { OrderNotes } from './OrderNotes';
import { RankingTable } from './RankingTable';
import { ShownToCandidates } from './ShownToCandidates';
import { useLevelsDraft } from './useLevelsDraft';

const LOOK_AGAIN_MS = 4_000;

/** One position: its candidates in order, and what it asks of them. */
export function PositionPage() {
  const { positionId = '' } = useParams();
  return <Position key={positionId} positionId={positionId} />;
}

function Position({ positionId }: { positionId: string }) {
  const position = useQuery({ queryKey: ['position', positionId], queryFn: () => staffApi.position(positionId) });
  const ranking = useQuery({
    queryKey: ['ranking', positionId],
    queryFn: () => staffApi.ranking(positionId),
    // Interviews end and are scored while the page is open.
    refetchInterval: LOOK_AGAIN_MS,
  });
  const [inviting, setInviting] = useState(false);
  const [levelsDraft, setLevelsDraft] = useLevelsDraft(positionId);
  useDocumentTitle(position.data?.title ?? 'Position');

  if (position.isPending) return <Loading />;
  if (position.isError) return <ProblemNotice error={position.error} onRetry={() => void position.refetch()} />;
  const { data } = position;
  return (
    <div className="stack" data-gap="l">
      <div>
        <p className="small"><Link to="/recruiter">Positions</Link></p>
        <div className="row" data-spread="true">
          <div className="stack" data-gap="s">
            <h1>{data.title}</h1>
            <div className="row">
              <span className="small muted">Questions {data.bank.id} {data.bank.version} · rubric {data.rubric.id} {data.rubric.version}</span>
              {ranking.data?.calibrated === false && (
                <Chip tone="caution" icon="info" title="No panel of people has rated interviews with this rubric yet. Read the quotes before the numbers.">
                  uncalibrated
                </Chip>
              )}
            </div>
          </div>
          <Button kind="primary" icon="plus" onClick={() => { setInviting(true); }}>Invite a candidate</Button>
        </div>
      </div>
      <Tabs.Root defaultValue="candidates" className="stack">
        <Tabs.List className="tabs" aria-label="Position">
          <Tabs.Trigger value="candidates">Candidates</Tabs.Trigger>
          <Tabs.Trigger value="levels">{levelsDraft === null ? 'Required levels' : 'Required levels (not saved)'}</Tabs.Trigger>
          <Tabs.Trigger value="shown">Candidates see</Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="candidates" tabIndex={-1}>
          {ranking.isPending && <Loading />}
          {ranking.isError && <ProblemNotice error={ranking.error} onRetry={() => void ranking.refetch()} />}
          {ranking.isSuccess && (
            <div className="stack" data-gap="l">
              <RankingTable rows={ranking.data.rows} notBegun={ranking.data.not_begun} />
              <OrderNotes positionId={positionId} ranked={ranking.data.rows.filter((row) => row.rank !== null).length} />
            </div>
          )}
        </Tabs.Content>
        <Tabs.Content value="levels" tabIndex={-1}>
          <LevelsEditor position={data} draft={levelsDraft} setDraft={setLevelsDraft} />
        </Tabs.Content>
        <Tabs.Content value="shown" tabIndex={-1}>
          <div className="stack" data-gap="l">
            <ShownToCandidates positionId={positionId} />
            <CameraAllowed positionId={positionId} />
          </div>
        </Tabs.Content>
      </Tabs.Root>
      <InviteDialog positionId={positionId} open={inviting} onClose={() => { setInviting(false); }} />
    </div>
  );
}

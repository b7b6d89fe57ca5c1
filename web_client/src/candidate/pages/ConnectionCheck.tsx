import { useState } from 'react';

import { Button } from '../../design/Button';
import { Notice } from '../../design/Notice';
import { useMessages } from '../../messages';
import { wayToCheck } from '../candidateApi';
import { judge, type Connection } from '../core/connection';
import { silentTrack } from '../sound/audioContext';

async function find(invite: string): Promise<Connection> {
  let way;
  try {
    way = await wayToCheck(invite);
  } catch {
    return { kind: 'failed', why: 'server' };
  }
  try {
    const { tryConnection } = await import('../call/connectionTrial');
    return judge(await tryConnection(way.livekit_url, way.livekit_token, silentTrack()));
  } catch {
    return { kind: 'failed', why: 'network' };
  }
}

/** Whether a call gets through this network, tried over the very connection that the interview uses. */
export function ConnectionCheck({ invite }: { invite: string }) {
  const t = useMessages().devices.connection;
  const [connection, setConnection] = useState<Connection>({ kind: 'untried' });
  const look = async () => {
    setConnection({ kind: 'trying' });
    setConnection(await find(invite));
  };
  return (
    <section className="card stack" aria-labelledby="connection-title">
      <h2 id="connection-title">{t.title}</h2>
      <div>
        <Button icon="wifi" pending={connection.kind === 'trying'} onClick={() => void look()}>
          {connection.kind === 'trying' ? t.trying : t.try}
        </Button>
      </div>
      <div role="status">
        {connection.kind === 'good' && (
          <Notice tone="good">{t.good(connection.trial.round_trip_ms === null ? null : Math.round(connection.trial.round_trip_ms))}</Notice>
        )}
        {connection.kind === 'weak' && <Notice tone="caution">{t.weak}</Notice>}
        {connection.kind === 'failed' && <Notice tone="danger">{t.failed[connection.why]}</Notice>}
      </div>
    </section>
  );
}

import { Icon } from '../../design/Icon';
import { Button } from '../../design/Button';
import { useMessages } from '../../messages';
import type { Call } from '../core/call';
import { ProgressLine } from '../ProgressLine';
import { stateWords } from './stateWords';

/** Progress, what Aila is doing, and the way out. */
export function CallHeader({ call, onLeave }: { call: Call; onLeave: () => void }) {
  const t = useMessages();
  return (
    <header className="call__header">
      <ProgressLine progress={call.progress} />
      <p className="call__state" data-link={call.link.kind} role="status">
        {call.link.kind === 'reconnecting' ? <Icon name="wifi" /> : <span className="dot" />}
        {stateWords(call, t)}
      </p>
      <Button kind="quiet" size="small" icon="leave" onClick={onLeave}>{t.interview.leave}</Button>
    </header>
  );
}

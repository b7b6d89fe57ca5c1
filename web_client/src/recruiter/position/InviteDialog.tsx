import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';

import { Button } from '../../design/Button';
import { Dialog } from '../../design/Dialog';
import { Notice } from '../../design/Notice';
import { moment } from '../core/words';
import { ProblemNotice } from '../ProblemNotice';
import { staffApi } from '../staffApi';

interface InviteDialogProps {
  positionId: string;
  open: boolean;
  onClose: () => void;
}

/** Makes an invitation's link, to be sent by the recruiter's own means. */
export function InviteDialog({ positionId, open, onClose }: InviteDialogProps) {
  const [name, setName] = useState('');
  const [days, setDays] = useState('14');
  const queries = useQueryClient();
  const mutationKey = ['invite', positionId];
  const invite = useMutation({
    mutationKey,
    mutationFn: () => staffApi.invite(positionId, { candidate_name: name.trim(), expires_in_days: Number(days) }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['ranking', positionId] }),
  });
  const underWay = useIsMutating({ mutationKey }) > 0;
  const close = () => {
    invite.reset();
    setName('');
    onClose();
  };
  return (
    <Dialog
      open={open}
      onClose={close}
      title="Invite a candidate"
      description="The link is personal and can be used for one interview. Send it as you usually write to candidates."
    >
      {invite.data === undefined ? (
        <form
          className="stack"
          onSubmit={(event) => {
            event.preventDefault();
            // The button is disabled only with the next frame: a double click is quicker.
            if (queries.isMutating({ mutationKey }) === 0) invite.mutate();
          }}
        >
          {invite.isError && <ProblemNotice error={invite.error} />}
          <div className="field">
            <label htmlFor="candidate-name">Candidate’s name</label>
            <input id="candidate-name" className="input" required maxLength={200} autoComplete="off" value={name} onChange={(event) => { setName(event.target.value); }} />
          </div>
          <div className="field">
            <label htmlFor="expires">Valid for, in days</label>
            <input id="expires" className="input" type="number" required min={1} max={90} value={days} onChange={(event) => { setDays(event.target.value); }} />
          </div>
          <div className="row">
            <Button type="submit" kind="primary" disabled={underWay || name.trim() === ''}>Make the link</Button>
            <Button onClick={close}>Cancel</Button>
          </div>
        </form>
      ) : (
        <InviteLink url={invite.data.url} expires_at={invite.data.expires_at} onClose={close} />
      )}
    </Dialog>
  );
}

function InviteLink({ url, expires_at, onClose }: { url: string; expires_at: string; onClose: () => void }) {
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const copy = () => {
    navigator.clipboard.writeText(url).then(
      () => { setCopied('yes'); },
      () => { setCopied('failed'); },
    );
  };
  return (
    <div className="stack">
      <div className="field">
        <label htmlFor="invite-link">Invitation link</label>
        <input id="invite-link" className="input" readOnly value={url} onFocus={(event) => { event.target.select(); }} />
        <p className="field__hint">Valid until {moment(expires_at)}.</p>
      </div>
      <div className="row">
        <Button kind="primary" icon="copy" onClick={copy}>Copy the link</Button>
        <Button onClick={onClose}>Close</Button>
      </div>
      <div role="status">
        {copied === 'yes' && <Notice tone="good">Copied.</Notice>}
        {copied === 'failed' && <Notice tone="caution">The browser did not allow copying: select the link and copy it by hand.</Notice>}
      </div>
    </div>
  );
}

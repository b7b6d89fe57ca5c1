import { useState } from 'react';

import { Button } from '../../design/Button';
import { Dialog } from '../../design/Dialog';
import { useMessages } from '../../messages';

interface LeaveDialogProps {
  open: boolean;
  onStay: () => void;
  onEnd: () => void;
}

/** Leaving is two different things: coming back later, or ending it. */
export function LeaveDialog({ open, onStay, onEnd }: LeaveDialogProps) {
  const t = useMessages().interview;
  const [later, setLater] = useState(false);
  const words = later ? { title: t.left.title, body: t.left.body } : { title: t.leaveDialog.title, body: t.leaveDialog.body };
  const stay = () => {
    setLater(false);
    onStay();
  };
  return (
    <Dialog open={open} onClose={stay} title={words.title} description={words.body}>
      {later ? (
        <Button kind="primary" onClick={stay}>{t.left.go}</Button>
      ) : (
        <div className="stack" data-gap="s">
          <Button kind="primary" onClick={stay}>{t.leaveDialog.stay}</Button>
          <Button onClick={() => { setLater(true); }}>{t.leaveDialog.later}</Button>
          <Button kind="danger" onClick={onEnd}>{t.leaveDialog.end}</Button>
        </div>
      )}
    </Dialog>
  );
}

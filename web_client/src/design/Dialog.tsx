import * as Radix from '@radix-ui/react-dialog';
import { useRef, type ReactNode } from 'react';

import './dialog.css';

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: string;
  children: ReactNode;
}

/** A modal dialog: focus goes in, stays in, and returns; Escape closes. */
export function Dialog({ open, onClose, title, description, children }: DialogProps) {
  // Radix knows the buttons that it made itself; these dialogs are opened by others.
  const opener = useRef<Element | null>(null);
  return (
    <Radix.Root open={open} onOpenChange={(now) => { if (!now) onClose(); }}>
      <Radix.Portal>
        <Radix.Overlay className="dialog-overlay" />
        <Radix.Content
          className="dialog"
          onOpenAutoFocus={() => { opener.current = document.activeElement; }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener.current instanceof HTMLElement) opener.current.focus();
          }}
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
        >
          <Radix.Title className="dialog__title">{title}</Radix.Title>
          {description !== undefined && <Radix.Description className="muted">{description}</Radix.Description>}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

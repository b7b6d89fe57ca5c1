import { useEffect, useRef, type ReactNode } from 'react';

import { LanguageSwitch } from '../../design/LanguageSwitch';
import { useDocumentTitle } from '../../design/useDocumentTitle';
import { Wordmark } from '../../design/Wordmark';
import { useMessages } from '../../messages';

/** The frame of the candidate's quiet pages; each new page takes the focus, so that it is read from its heading. */
export function CandidateShell({ title, children }: { title: string; children: ReactNode }) {
  const t = useMessages();
  const main = useRef<HTMLElement>(null);
  useDocumentTitle(title);
  useEffect(() => {
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className="guest">
      <header className="guest__header">
        <Wordmark />
        <LanguageSwitch />
      </header>
      <main ref={main} tabIndex={-1} className="guest__main">
        {children}
      </main>
      <footer className="guest__footer">
        <a href="/credits" target="_blank" rel="noreferrer">{t.common.credits}</a>
      </footer>
    </div>
  );
}

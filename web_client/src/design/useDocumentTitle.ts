import { useEffect } from 'react';

/** Names the browser's tab, and so tells a screen reader where it is. */
export function useDocumentTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Aila`;
  }, [title]);
}

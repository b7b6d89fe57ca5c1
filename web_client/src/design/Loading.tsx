import { useMessages } from '../messages';

export function Loading({ label }: { label?: string }) {
  const t = useMessages();
  return (
    <div className="loading" role="status">
      {label ?? t.common.loadingPage}
    </div>
  );
}

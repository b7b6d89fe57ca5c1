import { lazy, Suspense } from 'react';

import { usePrefersReducedMotion } from '../../design/usePrefersReducedMotion';

const AvatarStage = lazy(() => import('../../avatar').then((m) => ({ default: m.AvatarStage })));

/** Aila, small and calm, so that she is no stranger when the interview begins. */
export function Portrait() {
  const reducedMotion = usePrefersReducedMotion();
  return (
    <div className="portrait">
      <Suspense fallback={null}>
        <AvatarStage persona="aila" state="idle" audioTrack={null} cue={null} reducedMotion={reducedMotion} />
      </Suspense>
    </div>
  );
}

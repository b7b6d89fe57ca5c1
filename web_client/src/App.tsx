import { lazy, Suspense } from 'react';
import { Navigate, Route, Routes } from 'react-router';

import { Loading } from './design/Loading';
import { NotFound } from './design/NotFound';

// One chunk an area: a phone that opens an invitation loads the candidate's part only.
const loadCandidatePages = () => import('./candidate/CandidatePages');
const CandidatePages = lazy(loadCandidatePages);
const StaffPages = lazy(() => import('./recruiter/StaffPages'));
const AvatarSheet = lazy(() => import('./avatar/AvatarSheet').then((m) => ({ default: m.AvatarSheet })));
const Credits = lazy(() => import('./design/Credits'));

/** Whether the page at an address is for those who log in: these are in English only. */
export function isForStaff(path: string): boolean {
  return path === '/' || /^\/(login|recruiter|studio|avatar-sheet)(\/|$)/.test(path);
}

/** Begins to load what a candidate's address needs, before anything is drawn. */
export function loadAhead(path: string): void {
  // What fails here fails again, and is told, when the page is drawn.
  if (path.startsWith('/i/')) loadCandidatePages().catch(() => undefined);
}

/** The route table of the whole client. */
export function App() {
  return (
    <Suspense fallback={<Loading />}>
      <Routes>
        <Route path="/i/:token" element={<CandidatePages />} />
        <Route path="/login" element={<StaffPages area="login" />} />
        <Route path="/recruiter/*" element={<StaffPages area="recruiter" />} />
        <Route path="/studio/*" element={<StaffPages area="studio" />} />
        <Route path="/avatar-sheet" element={<AvatarSheet />} />
        <Route path="/credits" element={<Credits />} />
        <Route path="/" element={<Navigate to="/recruiter" replace />} />
        <Route path="*" element={<NotFound />} />
      </Routes>
    </Suspense>
  );
}

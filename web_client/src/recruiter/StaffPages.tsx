import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { Route, Routes } from 'react-router';

import { ApiProblem } from '../api/client';
import { Loading } from '../design/Loading';
import { NotFound } from '../design/NotFound';
import { LoginPage } from './LoginPage';
import { NewPositionPage } from './position/NewPositionPage';
import { PositionPage } from './position/PositionPage';
import { PositionsPage } from './PositionsPage';
import { SessionPage } from './session/SessionPage';
import './staff.css';
import { StaffFrame } from './StaffFrame';

const StudioPage = lazy(() => import('../studio/StudioPage'));

function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        retry: (failures, error) => failures < 2 && !(error instanceof ApiProblem && !error.retryable),
      },
    },
  });
}

/** The pages behind the login: recruiters' and product teams'. */
export default function StaffPages({ area }: { area: 'login' | 'recruiter' | 'studio' }) {
  const [queries] = useState(newQueryClient);
  return (
    <QueryClientProvider client={queries}>
      {area === 'login' && <LoginPage />}
      {area === 'recruiter' && (
        <StaffFrame area="recruiter">
          <Routes>
            <Route index element={<PositionsPage />} />
            <Route path="positions/new" element={<NewPositionPage />} />
            <Route path="positions/:positionId" element={<PositionPage />} />
            <Route path="sessions/:sessionId" element={<SessionPage />} />
            <Route path="*" element={<NotFound />} />
          </Routes>
        </StaffFrame>
      )}
      {area === 'studio' && (
        <StaffFrame area="studio">
          <Suspense fallback={<Loading />}>
            <StudioPage />
          </Suspense>
        </StaffFrame>
      )}
    </QueryClientProvider>
  );
}

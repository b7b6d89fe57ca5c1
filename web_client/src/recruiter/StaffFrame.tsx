import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Navigate, NavLink, useLocation, useNavigate } from 'react-router';

import { ApiProblem } from '../api/client';
import { Button } from '../design/Button';
import { Loading } from '../design/Loading';
import { Wordmark } from '../design/Wordmark';
import { ProblemNotice } from './ProblemNotice';
import { staffApi } from './staffApi';

type Area = 'recruiter' | 'studio';

const allowed: Readonly<Record<Area, readonly string[]>> = {
  recruiter: ['admin', 'recruiter'],
  studio: ['admin', 'product'],
};

/** Header and guard of the pages behind the login. */
export function StaffFrame({ area, children }: { area: Area; children: ReactNode }) {
  const me = useQuery({ queryKey: ['me'], queryFn: staffApi.me, staleTime: Infinity });
  const location = useLocation();
  const navigate = useNavigate();
  const queries = useQueryClient();

  if (me.isPending) return <Loading />;
  if (me.error instanceof ApiProblem && me.error.status === 401) {
    return <Navigate to={`/login?next=${encodeURIComponent(location.pathname)}`} replace />;
  }
  if (me.isError) return <div className="staff__main"><ProblemNotice error={me.error} onRetry={() => void me.refetch()} /></div>;

  const { username, role } = me.data.user;
  const logOut = async () => {
    // The page is left either way: a login that is already over is over.
    await staffApi.logOut().catch(() => undefined);
    queries.clear();
    void navigate('/login');
  };
  return (
    <div className="staff">
      <a className="skip-link visually-hidden" href="#content">Skip to content</a>
      <header className="staff__header">
        <Wordmark />
        <nav aria-label="Areas">
          {allowed.recruiter.includes(role) && <NavLink to="/recruiter">Positions</NavLink>}
          {allowed.studio.includes(role) && <NavLink to="/studio">Studio</NavLink>}
        </nav>
        <div className="staff__user">
          <span className="small muted">{username}</span>
          <Button size="small" onClick={() => void logOut()}>Log out</Button>
        </div>
      </header>
      <main id="content" className="staff__main" tabIndex={-1}>
        {allowed[area].includes(role) ? children : (
          <div className="stack">
            <h1>Not for this login</h1>
            <p>The role “{role}” has no access to this area.</p>
          </div>
        )}
      </main>
    </div>
  );
}

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';

import { Button } from '../design/Button';
import { useDocumentTitle } from '../design/useDocumentTitle';
import { Wordmark } from '../design/Wordmark';
import { ProblemNotice } from './ProblemNotice';
import { staffApi } from './staffApi';

/** Only our own pages may be gone on to. */
function nextPage(wanted: string | null, role: string): string {
  if (wanted !== null && /^\/(recruiter|studio)(\/|$)/.test(wanted)) return wanted;
  return role === 'product' ? '/studio' : '/recruiter';
}

export function LoginPage() {
  useDocumentTitle('Log in');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const login = useMutation({
    mutationFn: staffApi.logIn,
    onSuccess: (view) => {
      queries.setQueryData(['me'], view);
      void navigate(nextPage(search.get('next'), view.user.role), { replace: true });
    },
  });
  return (
    <main className="login">
      <Wordmark />
      <form
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          login.mutate({ username, password });
        }}
      >
        <div>
          <h1>Log in</h1>
          <p className="muted">For recruiters and product teams.</p>
        </div>
        {login.isError && <ProblemNotice error={login.error} />}
        <div className="field">
          <label htmlFor="username">User name</label>
          <input id="username" className="input" autoComplete="username" autoCapitalize="none" required value={username} onChange={(event) => { setUsername(event.target.value); }} />
        </div>
        <div className="field">
          <label htmlFor="password">Password</label>
          <input id="password" className="input" type="password" autoComplete="current-password" required value={password} onChange={(event) => { setPassword(event.target.value); }} />
        </div>
        <Button type="submit" kind="primary" wide disabled={login.isPending}>{login.isPending ? 'Logging in…' : 'Log in'}</Button>
        <p className="small muted">The first administrator’s password was printed once when Aila was first started.</p>
      </form>
      <p className="small muted">Invited to an interview? Open the link in your invitation; you need no login.</p>
    </main>
  );
}

import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';

import { Loading } from '../design/Loading';
import { useDocumentTitle } from '../design/useDocumentTitle';
import { ProblemNotice } from './ProblemNotice';
import { staffApi } from './staffApi';

/** All positions, with how many candidates each has. */
export function PositionsPage() {
  useDocumentTitle('Positions');
  const positions = useQuery({ queryKey: ['positions'], queryFn: staffApi.positions });
  if (positions.isPending) return <Loading />;
  if (positions.isError) return <ProblemNotice error={positions.error} onRetry={() => void positions.refetch()} />;
  return (
    <div className="stack" data-gap="l">
      <div className="row" data-spread="true">
        <h1>Positions</h1>
        <Link className="button" data-kind="primary" to="/recruiter/positions/new">New position</Link>
      </div>
      {positions.data.length === 0 && <p className="empty">There is no position yet.</p>}
      <ul className="position-list">
        {positions.data.map((position) => (
          <li key={position.id} className="card">
            <h2>
              <Link to={`/recruiter/positions/${position.id}`}>{position.title}</Link>
            </h2>
            <dl className="figures">
              <div>
                <dt>Candidates</dt>
                <dd>{position.candidates}</dd>
              </div>
              <div>
                <dt>Scored</dt>
                <dd>{position.scored}</dd>
              </div>
            </dl>
            <p className="small muted">
              Questions {position.bank.id} {position.bank.version} · rubric {position.rubric.id} {position.rubric.version}
            </p>
          </li>
        ))}
      </ul>
    </div>
  );
}

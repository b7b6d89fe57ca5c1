import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';

import { Button } from '../../design/Button';
import { Loading } from '../../design/Loading';
import { useDocumentTitle } from '../../design/useDocumentTitle';
import { ProblemNotice } from '../ProblemNotice';
import { staffApi, type PositionChoices } from '../staffApi';

const CREATE = ['create-position'];

/** A new position: its name, its questions, and the role whose importances it starts with. */
export function NewPositionPage() {
  useDocumentTitle('New position');
  const choices = useQuery({ queryKey: ['position-choices'], queryFn: staffApi.positionChoices, staleTime: Infinity });
  if (choices.isPending) return <Loading />;
  if (choices.isError) return <ProblemNotice error={choices.error} onRetry={() => void choices.refetch()} />;
  return (
    <div className="stack" data-gap="l">
      <div>
        <p className="small"><Link to="/recruiter">Positions</Link></p>
        <h1>New position</h1>
      </div>
      <NewPositionForm choices={choices.data} />
    </div>
  );
}

function NewPositionForm({ choices }: { choices: PositionChoices }) {
  const [title, setTitle] = useState('');
  const [company, setCompany] = useState('');
  const [bank, setBank] = useState(choices.banks[0]?.id ?? '');
  const [rubric, setRubric] = useState(choices.rubrics[0]?.id ?? '');
  const [role_id, setRoleId] = useState('');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const create = useMutation({
    mutationKey: CREATE,
    mutationFn: () => {
      const importance = choices.roles.find((role) => role.id === role_id)?.importance ?? {};
      const levels = Object.fromEntries(
        Object.entries(importance).map(([id, value]) => [id, { required: null, importance: value, exceeds_margin: 0.75 }]),
      );
      return staffApi.createPosition({ title: title.trim(), company: company.trim(), bank, rubric, levels });
    },
    onSuccess: async (made) => {
      await queries.invalidateQueries({ queryKey: ['positions'] });
      void navigate(`/recruiter/positions/${made.id}`);
    },
  });
  return (
    <form
      className="card stack"
      onSubmit={(event) => {
        event.preventDefault();
        // The button is disabled only with the next frame: a double click is quicker.
        if (queries.isMutating({ mutationKey: CREATE }) === 0) create.mutate();
      }}
    >
      {create.isError && <ProblemNotice error={create.error} />}
      <div className="field">
        <label htmlFor="title">Title</label>
        <input id="title" className="input" required minLength={3} maxLength={120} value={title} onChange={(event) => { setTitle(event.target.value); }} />
      </div>
      <div className="field">
        <label htmlFor="company">Company, as candidates read it</label>
        <input id="company" className="input" required minLength={3} maxLength={120} autoComplete="organization" value={company} onChange={(event) => { setCompany(event.target.value); }} />
      </div>
      <div className="field">
        <label htmlFor="bank">Questions</label>
        <select id="bank" className="input" value={bank} onChange={(event) => { setBank(event.target.value); }}>
          {choices.banks.map((b) => (
            <option key={b.id} value={b.id}>{b.title} {b.version}: {b.questions} questions, about {b.minutes} minutes</option>
          ))}
        </select>
        <p className="field__hint">This version stays with the position.</p>
      </div>
      <div className="field">
        <label htmlFor="rubric">Rubric</label>
        <select id="rubric" className="input" value={rubric} onChange={(event) => { setRubric(event.target.value); }}>
          {choices.rubrics.map((r) => <option key={r.id} value={r.id}>{r.id} {r.version}</option>)}
        </select>
      </div>
      <div className="field">
        <label htmlFor="role">Importances of a common role, to start with</label>
        <select id="role" className="input" value={role_id} onChange={(event) => { setRoleId(event.target.value); }}>
          <option value="">none: every criterion counts the same</option>
          {choices.roles.map((role) => <option key={role.id} value={role.id}>{role.title}</option>)}
        </select>
        <p className="field__hint">You can change each one afterwards. No required level is set by a role. {role_id !== '' && choices.attribution}</p>
      </div>
      <div>
        <Button type="submit" kind="primary" disabled={create.isPending}>Make the position</Button>
      </div>
    </form>
  );
}

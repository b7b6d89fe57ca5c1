import * as Tabs from '@radix-ui/react-tabs';
import { useQuery } from '@tanstack/react-query';

import { Loading } from '../design/Loading';
import { useDocumentTitle } from '../design/useDocumentTitle';
import { ProblemNotice } from '../recruiter/ProblemNotice';
import { staffApi } from '../recruiter/staffApi';
import { BankView } from './BankView';
import { FeedbackView } from './FeedbackView';
import { RubricView } from './RubricView';
import './studio.css';

/** Question banks and rubrics, version by version, with how the questions do. */
export default function StudioPage() {
  useDocumentTitle('Studio');
  return (
    <div className="stack" data-gap="l">
      <div className="stack" data-gap="s">
        <h1>Studio</h1>
        <p className="muted">Which questions earn full answers, and what the answers are matched against.</p>
      </div>
      <Tabs.Root defaultValue="banks" className="stack">
        <Tabs.List className="tabs" aria-label="Studio">
          <Tabs.Trigger value="banks">Question banks</Tabs.Trigger>
          <Tabs.Trigger value="rubrics">Rubrics</Tabs.Trigger>
          <Tabs.Trigger value="feedback">How it felt</Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="banks" tabIndex={-1}><Banks /></Tabs.Content>
        <Tabs.Content value="rubrics" tabIndex={-1}><Rubrics /></Tabs.Content>
        <Tabs.Content value="feedback" tabIndex={-1}><Feedback /></Tabs.Content>
      </Tabs.Root>
    </div>
  );
}

function Banks() {
  const banks = useQuery({ queryKey: ['banks'], queryFn: staffApi.banks });
  if (banks.isPending) return <Loading />;
  if (banks.isError) return <ProblemNotice error={banks.error} onRetry={() => void banks.refetch()} />;
  if (banks.data.length === 0) return <p className="empty">There is no question bank.</p>;
  return (
    <div className="stack" data-gap="l">
      {banks.data.map((bank) => <BankView key={`${bank.id}@${bank.version}`} bank={bank} />)}
    </div>
  );
}

function Rubrics() {
  const rubrics = useQuery({ queryKey: ['rubrics'], queryFn: staffApi.rubrics });
  if (rubrics.isPending) return <Loading />;
  if (rubrics.isError) return <ProblemNotice error={rubrics.error} onRetry={() => void rubrics.refetch()} />;
  if (rubrics.data.length === 0) return <p className="empty">There is no rubric.</p>;
  return (
    <div className="stack" data-gap="l">
      {rubrics.data.map((rubric) => <RubricView key={`${rubric.id}@${rubric.version}`} rubric={rubric} />)}
    </div>
  );
}

function Feedback() {
  const feedback = useQuery({ queryKey: ['feedback'], queryFn: staffApi.feedback });
  if (feedback.isPending) return <Loading />;
  if (feedback.isError) return <ProblemNotice error={feedback.error} onRetry={() => void feedback.refetch()} />;
  if (feedback.data.length === 0) return <p className="empty">No candidate has said yet how it felt.</p>;
  return <FeedbackView summaries={feedback.data} />;
}

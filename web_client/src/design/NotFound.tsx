import { useMessages } from '../messages';

export function NotFound() {
  const t = useMessages();
  return (
    <main className="page-narrow stack">
      <h1>{t.notFound.title}</h1>
      <p className="lead">{t.notFound.body}</p>
      <p>
        <a href="/recruiter">{t.notFound.recruiters}</a> · <a href="/studio">{t.notFound.studio}</a>
      </p>
    </main>
  );
}

export function NotFound() {
  return (
    <main className="page-narrow stack">
      <h1>There is no page here</h1>
      <p className="lead">
        Check the address. If you were invited to an interview, open the link in your invitation again: it begins the
        interview, or takes you back to where you were.
      </p>
      <p>
        <a href="/recruiter">Recruiters’ page</a> · <a href="/studio">Studio</a>
      </p>
    </main>
  );
}

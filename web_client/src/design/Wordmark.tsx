/** The product's name, as it stands in every header. */
export function Wordmark() {
  return (
    <span className="wordmark">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false">
        <rect width="32" height="32" rx="10" fill="var(--accent)" />
        <path
          d="M9 23 16 8l7 15M11.6 18h8.8"
          fill="none"
          stroke="var(--on-accent)"
          strokeWidth="2.8"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      Aila
    </span>
  );
}

import { presentBrand } from './brand';

const brand = presentBrand();

/** The company's name or logo, where there is one, and the product's, as they stand in every header. */
export function Wordmark() {
  const { company, logo, logo_dark } = brand;
  return (
    <span className="wordmark">
      {company !== null && (
        <>
          {logo === null ? (
            <span className="wordmark__company">{company}</span>
          ) : (
            <picture className="wordmark__logo" data-on-light={logo_dark === null || undefined}>
              {logo_dark !== null && <source media="(prefers-color-scheme: dark)" srcSet={logo_dark} />}
              <img src={logo} alt={company} />
            </picture>
          )}
          <span className="wordmark__divider" />
        </>
      )}
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

/** The company's own name and logo, where this installation has them; the page brings them in its head. */

function said(name: string): string | null {
  return document.querySelector<HTMLMetaElement>(`meta[name="aila-${name}"]`)?.content ?? null;
}

export interface Brand {
  readonly company: string | null;
  /** Address of a picture. */
  readonly logo: string | null;
  /** The same for dark pages; null: the other one serves, on a light ground. */
  readonly logo_dark: string | null;
}

export function presentBrand(): Brand {
  return { company: said('company'), logo: said('logo'), logo_dark: said('logo-dark') };
}

import { render, screen } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => { document.head.replaceChildren(); });

/** The mark as a page with these entries in its head draws it. */
async function draw(head: string) {
  document.head.innerHTML = head;
  vi.resetModules();
  const { Wordmark } = await import('./Wordmark');
  return render(<Wordmark />);
}

it('is the product’s own where the installation has no brand', async () => {
  const { container } = await draw('');
  expect(container).toHaveTextContent(/^Aila$/);
  expect(screen.queryByRole('img')).toBeNull();
});

it('shows a company’s logo by its name, on a light ground where there is none for dark pages', async () => {
  const { container } = await draw('<meta name="aila-company" content="Crumb &amp; Co"><meta name="aila-logo" content="/brand/a.svg">');
  expect(screen.getByRole('img', { name: 'Crumb & Co' })).toHaveAttribute('src', '/brand/a.svg');
  expect(container.querySelector('[data-on-light]')).not.toBeNull();
  expect(container.querySelector('source')).toBeNull();
});

it('shows the other logo on dark pages, and a name where there is no logo', async () => {
  const { container, unmount } = await draw('<meta name="aila-company" content="C"><meta name="aila-logo" content="/brand/a.svg"><meta name="aila-logo-dark" content="/brand/b.svg">');
  expect(container.querySelector('source')).toHaveAttribute('srcset', '/brand/b.svg');
  expect(container.querySelector('[data-on-light]')).toBeNull();
  unmount();
  const named = await draw('<meta name="aila-company" content="Crumb">');
  expect(named.container).toHaveTextContent('CrumbAila');
});

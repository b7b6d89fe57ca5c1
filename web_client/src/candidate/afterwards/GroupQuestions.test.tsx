import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { FakeServer, problem, type Answer } from '../../test/fakeServer';
import { GroupQuestions } from './GroupQuestions';

const PATH = '/api/candidate/group-data';
const stored = { sex: 'another', race_ethnicity: 'asian', text_version: 'v9', given_on: '2026-03-04' };

let server: FakeServer;
beforeEach(() => { server = new FakeServer(); });
afterEach(() => { server.restore(); });

it('asks nothing where the installation does not, and nothing where it cannot be reached', async () => {
  server.on('GET', PATH, { offered: false, answer: null });
  const { container } = render(<GroupQuestions session_token="k7" />);
  await expect.poll(() => server.requests('GET', PATH)).toHaveLength(1);
  expect(container).toBeEmptyDOMElement();
});

it('stores nothing without both answers and the agreement', async () => {
  server.on('GET', PATH, { offered: true, answer: null });
  server.on('PUT', PATH, { offered: true, answer: stored });
  const user = userEvent.setup();
  render(<GroupQuestions session_token="k7" />);
  await user.selectOptions(await screen.findByLabelText('Sex'), 'Another');
  await user.selectOptions(screen.getByLabelText('Race or ethnicity'), 'Asian');
  await user.click(screen.getByRole('button', { name: 'Store my answers' }));
  expect(screen.getByText(/^Choose an answer to both questions/)).toBeInTheDocument();
  expect(server.requests('PUT', PATH)).toEqual([]);
  await user.click(screen.getByRole('checkbox', { name: /^I agree/ }));
  await user.click(screen.getByRole('button', { name: 'Store my answers' }));
  expect(await screen.findByText('Stored: Another; Asian.')).toBeInTheDocument();
  const [asked] = server.requests('PUT', PATH);
  expect(asked?.body).toEqual({ agreed: true, text_version: '2026-11-1', sex: 'another', race_ethnicity: 'asian' });
  expect(asked?.headers.get('authorization')).toBe('Bearer k7');
});

it('lets an answer be withdrawn also where nobody is asked any more', async () => {
  server.on('GET', PATH, { offered: false, answer: stored });
  let tries = 0;
  server.on('DELETE', PATH, (): Answer => {
    tries += 1;
    return tries === 1 ? problem(503, 'unavailable', 'Not now.') : { status: 200, body: { offered: false, answer: null } };
  });
  const user = userEvent.setup();
  render(<GroupQuestions session_token="k7" />);
  await user.click(await screen.findByRole('button', { name: 'Withdraw them' }));
  expect(await screen.findByText(/^This did not work/)).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Withdraw them' }));
  expect(await screen.findByText('Your answers were deleted.')).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Withdraw them' })).not.toBeInTheDocument();
});

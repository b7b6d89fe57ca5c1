import { render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { switchLanguage } from '../../messages';
import { FakeServer } from '../../test/fakeServer';
import { Strengths } from './Strengths';

const found = {
  criterion: 'Planning', criterion_id: 'planning', behaviour_id: 'set_priorities',
  statement: 'The candidate decided what came first and why.', quotes: ['I baked the rye first'],
};

let server: FakeServer;
beforeEach(() => { server = new FakeServer(); });
afterEach(async () => {
  server.restore();
  await switchLanguage('en');
});

function show(strength: object) {
  server.on('GET', '/api/candidate/strengths', { available: 'yes', strengths: [strength] });
  render(<Strengths session_token="k7" status="scored" final />);
}

it('tells what was found to the reader, in the language of the page, beside the words as they were said', async () => {
  await switchLanguage('de');
  show(found);
  expect(await screen.findByText('Sie haben entschieden, was zuerst kommt und warum.')).not.toHaveAttribute('lang');
  expect(screen.getByRole('heading', { name: 'Planung' })).toBeInTheDocument();
  expect(screen.getByText('I baked the rye first')).toHaveAttribute('lang', 'en');
});

it.each([null, 'constructor'])('shows a sheet of the company’s own in its own words and language: %s', async (id) => {
  await switchLanguage('de');
  show({ ...found, criterion_id: id, behaviour_id: id });
  expect(await screen.findByText('The candidate decided what came first and why.')).toHaveAttribute('lang', 'en');
  expect(screen.getByRole('heading', { name: 'Planning' })).toHaveAttribute('lang', 'en');
});

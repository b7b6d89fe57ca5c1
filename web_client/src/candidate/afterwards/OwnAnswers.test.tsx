import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';

import type { Amendment, OwnAnswers as Answers } from '../candidateApi';
import { OwnAnswers } from './OwnAnswers';

const turn = (more: Partial<Answers['turns'][number]> = {}): Answers['turns'][number] => ({
  id: 'c1', speaker: 'candidate', kind: 'answer', text: 'Rye bread.', question_id: 'q1', start_s: 3, end_s: 9,
  amendable: true, correctable: true, correction: null, addition: null, withdrawn_by: null, ...more,
});
const answers = (...turns: Answers['turns'][number][]): Answers => ({
  reference: 's41', ended_at: '2026-11-02T10:00:00Z', recording_s: null, human_review: null,
  amendable_until: '2026-11-04T10:00:00Z', feedback_given_at: null, turns,
});

function show(found: Answers) {
  const onAmend = vi.fn<(amendment: Amendment) => Promise<void>>(() => Promise.resolve());
  const page = render(<OwnAnswers answers={found} session_token="k7" onAmend={onAmend} />);
  return { user: userEvent.setup(), onAmend, page };
}

it('makes answers final only after asking', async () => {
  const { user, onAmend } = show(answers(turn()));
  await user.click(screen.getByRole('button', { name: 'I have nothing to change' }));
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(onAmend).not.toHaveBeenCalled();
  await user.click(screen.getByRole('button', { name: 'I have nothing to change' }));
  await user.click(screen.getByRole('button', { name: 'Yes, make them final' }));
  expect(onAmend.mock.calls).toMatchObject([[{ kind: 'close' }]]);
});

it.each([[true, 1], [false, 0]])('tells of corrections only where something was heard: %s', async (correctable, told) => {
  const { user } = show(answers(turn({ correctable })));
  await user.click(screen.getByRole('button', { name: 'Read what was said' }));
  expect(screen.getByText(/withdraw answers until/)).toBeVisible();
  expect(screen.queryAllByText(/correct, add to|corrected word/)).toHaveLength(told * 2);
});

it('tells when an added sentence is as long as it can be', async () => {
  const { user, onAmend } = show(answers(turn()));
  await user.click(screen.getByRole('button', { name: 'Read what was said' }));
  await user.click(screen.getByRole('button', { name: 'Add a sentence, answer 1' }));
  await user.click(screen.getByRole('textbox'));
  await user.paste('x'.repeat(250));
  expect(screen.getByText('Characters left: 150')).toBeInTheDocument();
  await user.paste('y'.repeat(200));
  expect(screen.getByText(/what came after it was cut off/)).toBeInTheDocument();
  expect(onAmend).not.toHaveBeenCalled();
});

it('explains a withdrawn answer once, and puts it back as a whole', async () => {
  const gone = { withdrawn_by: 'amendment-7' };
  const { user, onAmend } = show(answers(turn(gone), turn({ ...gone, id: 'c2', text: 'And oats.' }), turn({ id: 'c3', question_id: 'q2', text: 'Spelt.' })));
  await user.click(screen.getByRole('button', { name: 'Read what was said' }));
  expect(screen.getAllByText(/^Withdrawn by you/)).toHaveLength(1);
  expect(screen.getAllByText('withdrawn with it')).toHaveLength(1);
  expect(screen.getAllByRole('button', { name: /^Withdraw/ }).map((button) => button.getAttribute('aria-label'))).toEqual(['Withdraw, answer 3']);
  await user.click(screen.getByRole('button', { name: /^Put it back/ }));
  expect(onAmend.mock.calls).toMatchObject([[{ kind: 'undo', amendment_id: 'amendment-7' }]]);
});

it('says once, where the practice ends, that nothing of it is stored', async () => {
  const warmUp = { speaker: 'aila', kind: 'practice', amendable: false, correctable: false, question_id: 'warm_up' } as const;
  const { user } = show(answers(turn({ ...warmUp, id: 'a1', text: 'Warm up.' }), turn({ ...warmUp, id: 'a2', text: 'How did it end?' }), turn()));
  await user.click(screen.getByRole('button', { name: 'Read what was said' }));
  const items = screen.getAllByRole('listitem').map((item) => item.textContent);
  expect(items.map((text) => text.includes('Nothing that you said in the practice is stored.'))).toEqual([false, true, false]);
});

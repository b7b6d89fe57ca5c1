import { render, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { AvatarStage } from './AvatarStage';

it('draws the persona and says who it is', async () => {
  const { container } = render(<AvatarStage persona="noah" state="listening" audioTrack={null} cue={null} label="Noah, listening" />);
  expect(screen.getByRole('img', { name: 'Noah, listening' })).toBeInTheDocument();
  await waitFor(() => { expect(container.querySelector('[data-part="mouth"]')).not.toBeNull(); });
});

it('shows a simple face when the persona cannot be loaded, never an empty box', async () => {
  const { container } = render(<AvatarStage persona="nobody" state="idle" audioTrack={null} cue={null} />);
  await waitFor(() => { expect(container.querySelector('.avatar-stage__simple')).not.toBeNull(); });
});

import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { FakeServer, problem } from '../../test/fakeServer';
import { tryConnection } from '../call/connectionTrial';
import { ConnectionCheck } from './ConnectionCheck';

vi.mock('../sound/audioContext', () => ({ silentTrack: () => 'silence' }));
vi.mock('../call/connectionTrial', () => ({ tryConnection: vi.fn() }));

let server: FakeServer;
beforeEach(() => {
  server = new FakeServer().on('POST', '/api/candidate/connection-check', { livekit_url: 'ws://call.test', livekit_token: 'token-9' });
});
afterEach(() => { server.restore(); });

async function check() {
  render(<ConnectionCheck invite="invite-9" />);
  await userEvent.click(screen.getByRole('button', { name: 'Test the connection' }));
}

it('says how long sound takes there and back', async () => {
  vi.mocked(tryConnection).mockResolvedValue({ connect_ms: 600, round_trip_ms: 41.6, lost: 0 });
  await check();
  expect(await screen.findByText('Calls get through: 42 ms there and back.')).toBeVisible();
  expect(tryConnection).toHaveBeenCalledWith('ws://call.test', 'token-9', 'silence');
  expect(server.requests('POST', '/api/candidate/connection-check')[0]?.body).toEqual({ invite: 'invite-9' });
});

it('offers another network or typing where calls are blocked', async () => {
  vi.mocked(tryConnection).mockRejectedValue(new Error('no connection in time'));
  await check();
  expect(await screen.findByText(/type your answers/)).toBeVisible();
});

it('does not blame the network when our server is away', async () => {
  server.on('POST', '/api/candidate/connection-check', () => problem(503, 'unavailable', 'Away.'));
  await check();
  expect(await screen.findByText(/Our server did not answer/)).toBeVisible();
});

import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { VideoFace } from './VideoFace';

let frame: VideoFrameRequestCallback | null = null;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  frame = null;
  vi.stubGlobal('MediaStream', EventTarget);
  Object.assign(HTMLVideoElement.prototype, {
    play: () => Promise.resolve(),
    requestVideoFrameCallback: (callback: VideoFrameRequestCallback) => { frame = callback; return 1; },
    cancelVideoFrameCallback: () => { frame = null; },
  });
  Object.defineProperty(HTMLMediaElement.prototype, 'srcObject', { value: null, writable: true, configurable: true });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const newFrame = () => { act(() => { frame?.(0, {} as VideoFrameCallbackMetadata); }); };

it('is live with its first frame, not while frames stay away, and again when they come', () => {
  const told: boolean[] = [];
  const track = new EventTarget() as MediaStreamTrack;
  const onLive = (live: boolean) => { told.push(live); };
  const { unmount } = render(<VideoFace track={track} shown label="Aila, as video" onLive={onLive} />);
  expect(screen.getByRole('img', { name: 'Aila, as video' })).toBeInTheDocument();
  vi.advanceTimersByTime(5_000);
  expect(told).toEqual([]);
  newFrame();
  vi.advanceTimersByTime(1_000);
  newFrame();
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([true]);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([true, false]);
  newFrame();
  expect(told).toEqual([true, false, true]);
  track.dispatchEvent(new Event('ended'));
  expect(told).toEqual([true, false, true, false]);
  unmount();
  expect(told).toHaveLength(4);
});

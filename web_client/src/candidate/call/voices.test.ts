import { expect, it } from 'vitest';
import { Voices } from './voices';

const element = () => document.createElement('audio');

it('lets the agent be heard until her video is seen, then the video, then the agent again', () => {
  const [agent, video] = [element(), element()];
  const voices = new Voices();
  const heard = () => [!agent.muted, !video.muted];
  voices.add(agent, 'agent');
  voices.add(video, 'video');
  expect(heard()).toEqual([true, false]);
  voices.showVideo(true);
  expect(heard()).toEqual([false, true]);
  voices.showVideo(false);
  expect(heard()).toEqual([true, false]);
});

it('keeps the agent audible when a video comes without sound, or its sound ends', () => {
  const [agent, video] = [element(), element()];
  const voices = new Voices();
  voices.showVideo(true);
  voices.add(agent, 'agent');
  expect(agent.muted).toBe(false);
  voices.add(video, 'video');
  expect(agent.muted).toBe(true);
  voices.remove(video);
  expect(agent.muted).toBe(false);
});

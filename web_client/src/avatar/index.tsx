/** What the agent says she is doing; drives pose and gaze. */
export type AvatarState = 'idle' | 'listening' | 'thinking' | 'speaking' | 'waiting';

export interface AvatarStageProps {
  persona: string;
  state: AvatarState;
  audioTrack: MediaStreamTrack | null;
  cue: { name: string; at_s: number } | null;
  reducedMotion?: boolean;
}

/** Aila's place on the page. */
export function AvatarStage({ state }: AvatarStageProps) {
  return <div className="avatar-stage" role="img" aria-label="Aila" data-state={state} />;
}

/** Every state and viseme on one page. */
export function AvatarSheet() {
  return <main />;
}

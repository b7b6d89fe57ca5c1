export { VideoFace } from './VideoFace';
export { AvatarStage, type AvatarStageProps } from './AvatarStage';
export type { AvatarState } from './pose';

export { AvatarStage, type AvatarStageProps } from './AvatarStage';
export type { AvatarState } from './pose';

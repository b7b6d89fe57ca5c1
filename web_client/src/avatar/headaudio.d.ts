declare module '@met4citizen/headaudio/modules/headaudio.mjs' {
  export class HeadAudio extends AudioWorkletNode {
    constructor(context: BaseAudioContext, options: { processorOptions?: Record<string, unknown>; parameterData?: Record<string, number> });
    onviseme: ((message: { viseme?: number | null }) => void) | null;
    loadModel(url: string, reset?: boolean): Promise<void>;
  }
}

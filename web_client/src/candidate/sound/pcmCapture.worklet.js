/* global AudioWorkletProcessor, registerProcessor, sampleRate */
/** Hands the microphone's samples to the page, a tenth of a second at a time. Runs in the audio thread. */
class PcmCapture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.size = Math.round(sampleRate / 10);
    this.samples = new Float32Array(this.size);
    this.filled = 0;
  }

  process([input]) {
    const channel = input[0];
    if (channel === undefined) return true;
    for (const sample of channel) {
      this.samples[this.filled] = sample;
      this.filled += 1;
      if (this.filled === this.size) {
        this.port.postMessage(this.samples.slice());
        this.filled = 0;
      }
    }
    return true;
  }
}

registerProcessor('pcm-capture', PcmCapture);

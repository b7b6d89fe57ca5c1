// Watches the avatar's mouth beside a naive one, and listens to the very track that she reads: rows of
// [milliseconds, mouth, naive mouth], one a frame, and stretches of speech as [start, end] on the same clock.
(() => {
  const watch = { rows: [], speech: [], frame_ms: [], ended: false };
  window.avatarWatch = watch;
  const SILENCE_RMS = 0.0025;
  const PAUSE_S = 0.25;
  let naive = null;

  const ears = `registerProcessor('ears', class extends AudioWorkletProcessor {
    process([[samples]]) {
      if (samples === undefined) return true;
      let sum = 0;
      for (const sample of samples) sum += sample * sample;
      if (Math.sqrt(sum / samples.length) > ${SILENCE_RMS}) {
        if (!this.speaking) this.port.postMessage({ start: currentTime });
        this.speaking = true;
        this.loud = currentTime + samples.length / sampleRate;
      } else if (this.speaking && currentTime - this.loud > ${PAUSE_S}) {
        this.port.postMessage({ end: this.loud });
        this.speaking = false;
      }
      return true;
    }
  });`;

  async function listen(stream) {
    const context = new AudioContext();
    await context.audioWorklet.addModule(URL.createObjectURL(new Blob([ears], { type: 'text/javascript' })));
    const source = createSource.call(context, new MediaStream(stream.getAudioTracks()));
    const node = new AudioWorkletNode(context, 'ears');
    // The usual recipe: the mean of the smoothed byte spectrum opens the mouth.
    const analyser = context.createAnalyser();
    source.connect(node);
    source.connect(analyser);
    naive = { analyser, bins: new Uint8Array(analyser.frequencyBinCount) };
    // Audio time runs in steps of a buffer; the least difference to the page's clock is the truest. A stall of the
    // sound card moves the two clocks apart for good, so only the last seconds count.
    const offsets = [];
    setInterval(() => {
      offsets.push(performance.now() - context.currentTime * 1000);
      if (offsets.length > 400) offsets.shift();
    }, 5);
    let start_ms = 0;
    node.port.onmessage = ({ data }) => {
      const at_ms = (data.start ?? data.end) * 1000 + Math.min(...offsets);
      if (data.start === undefined) watch.speech.push([start_ms, at_ms]);
      else start_ms = at_ms;
    };
  }

  const createSource = AudioContext.prototype.createMediaStreamSource;
  let heard = false;
  AudioContext.prototype.createMediaStreamSource = function (stream) {
    if (!heard) void listen(stream);
    heard = true;
    return createSource.call(this, stream);
  };
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (...times) {
    start.apply(this, times);
    this.addEventListener('ended', () => { setTimeout(() => { watch.ended = true; }, 800); });
  };

  const request = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) =>
    request((now_ms) => {
      const before = performance.now();
      callback(now_ms);
      watch.frame_ms.push([now_ms, performance.now() - before]);
    });

  const look = () => {
    const stage = document.querySelector('[data-mouth]');
    if (naive !== null && stage !== null) {
      let sum = 0;
      naive.analyser.getByteFrequencyData(naive.bins);
      for (const bin of naive.bins) sum += bin;
      watch.rows.push([performance.now(), Number(stage.dataset.mouth), Math.min(1, sum / naive.bins.length / 64)]);
    }
    request(look);
  };
  request(look);
})();

// Gives the page a microphone that says what the test says, when the test says it: everything after it,
// from the browser's audio to the call, is real.
(() => {
  if (window.ailaTest !== undefined || navigator.mediaDevices === undefined) return;
  let context = null;
  let speaker = null;
  let playing = [];

  function microphone() {
    if (context === null) {
      context = new AudioContext({ sampleRate: 48000 });
      speaker = new GainNode(context, { gain: 1 });
      // A room is never digitally silent.
      const room = context.createBuffer(1, context.sampleRate * 2, context.sampleRate);
      const samples = room.getChannelData(0);
      for (let i = 0; i < samples.length; i += 1) samples[i] = (Math.random() - 0.5) * 0.0006;
      const hum = new AudioBufferSourceNode(context, { buffer: room, loop: true });
      hum.connect(speaker);
      hum.start();
    }
    void context.resume();
    const out = context.createMediaStreamDestination();
    speaker.connect(out);
    return out.stream;
  }

  const real = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
  // The camera stays the browser's.
  navigator.mediaDevices.getUserMedia = (wanted) => (wanted?.video ? real(wanted) : Promise.resolve(microphone()));

  window.ailaTest = {
    // Plays a WAV given as base64; resolves when it has been played, or was cut.
    async say(wav) {
      microphone();
      const bytes = Uint8Array.from(atob(wav), (character) => character.charCodeAt(0));
      const buffer = await context.decodeAudioData(bytes.buffer);
      const source = new AudioBufferSourceNode(context, { buffer });
      source.connect(speaker);
      playing.push(source);
      await new Promise((resolve) => {
        source.onended = resolve;
        source.start();
      });
    },
    hush() {
      for (const source of playing) source.stop();
      playing = [];
    },
  };
})();

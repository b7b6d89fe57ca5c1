/** Pieces of this length: a page that is closed loses at most one. */
const PIECE_MS = 3_000;
/** An answer that is withdrawn can be cut out only up to the next key frame. Not every browser listens to it. */
const KEY_FRAMES = { videoKeyFrameIntervalDuration: 3_000 };
const BITS_PER_S = 300_000;
/** Nobody forgets a camera for longer than the longest interview. */
const LONGEST_MS = 90 * 60_000;
const TYPES = ['video/webm;codecs=vp8', 'video/webm', 'video/mp4'];

export interface RecorderReports {
  piece(data: Blob, number: number): void;
  /** The camera is off, by whomever. */
  stopped(): void;
}

/** Records the camera's picture, without sound, in pieces of one media file. */
export class CameraRecorder {
  private constructor(
    readonly stream: MediaStream,
    readonly began_at_ms: number,
    private readonly recorder: MediaRecorder,
  ) {}

  /** Rejects as `getUserMedia` does, or where the browser records no video. */
  static async start(reports: RecorderReports): Promise<CameraRecorder> {
    const type = typeof MediaRecorder === 'undefined' ? undefined : TYPES.find((t) => MediaRecorder.isTypeSupported(t));
    if (type === undefined) throw new DOMException('no video can be recorded here', 'NotSupportedError');
    const video = { width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 15, max: 20 }, facingMode: 'user' };
    const stream = await navigator.mediaDevices.getUserMedia({ video });
    const recorder = new MediaRecorder(stream, { mimeType: type, videoBitsPerSecond: BITS_PER_S, ...KEY_FRAMES });
    const taking = new CameraRecorder(stream, Date.now(), recorder);
    let number = 0;
    recorder.ondataavailable = ({ data }) => {
      if (data.size === 0) return;
      reports.piece(new Blob([data], { type: type.split(';')[0] ?? type }), number);
      number += 1;
    };
    const longest = setTimeout(() => { taking.stop(); }, LONGEST_MS);
    recorder.onstop = () => {
      clearTimeout(longest);
      reports.stopped();
    };
    for (const track of stream.getTracks()) track.addEventListener('ended', () => { taking.stop(); });
    recorder.start(PIECE_MS);
    return taking;
  }

  /** The camera's light goes out at once; the last piece follows. */
  stop(): void {
    if (this.recorder.state !== 'inactive') this.recorder.stop();
    for (const track of this.stream.getTracks()) track.stop();
  }
}

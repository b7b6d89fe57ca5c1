import { useEffect, useRef } from 'react';

/** Without a new frame for this long, a video has stalled: lips that stand still are worse than drawn ones. */
const STALLED_MS = 1_500;
const LOOK_EVERY_MS = 250;

interface VideoFaceProps {
  track: MediaStreamTrack;
  shown: boolean;
  label: string;
  /** Tells whether frames are coming; called when that changes. */
  onLive: (live: boolean) => void;
}

/** Aila as video. It is there unseen until its first frame comes, and again when no more come. */
export function VideoFace({ track, shown, label, onLive }: VideoFaceProps) {
  const video = useRef<HTMLVideoElement>(null);

  useEffect(() => {
    const element = video.current;
    if (element === null || !('requestVideoFrameCallback' in element)) return;
    element.srcObject = new MediaStream([track]);
    void element.play().catch(() => undefined);
    let live = false;
    let lastFrame_ms = -Infinity;
    const tell = (now: boolean) => {
      if (now === live) return;
      live = now;
      onLive(now);
    };
    let request = 0;
    const frame = () => {
      lastFrame_ms = performance.now();
      tell(true);
      request = element.requestVideoFrameCallback(frame);
    };
    request = element.requestVideoFrameCallback(frame);
    const watch = setInterval(() => {
      // A hidden tab is given no frames: that is no stall.
      if (document.hidden) lastFrame_ms = Math.max(lastFrame_ms, live ? performance.now() : -Infinity);
      else if (performance.now() - lastFrame_ms > STALLED_MS) tell(false);
    }, LOOK_EVERY_MS);
    const ended = () => { tell(false); };
    track.addEventListener('ended', ended);
    return () => {
      clearInterval(watch);
      element.cancelVideoFrameCallback(request);
      track.removeEventListener('ended', ended);
      element.srcObject = null;
      tell(false);
    };
  }, [track, onLive]);

  return (
    <div className="avatar-stage__video" data-shown={shown} role="img" aria-label={label} data-testid="video-face">
      {/* Without sound: her voice has an element of its own, and her words are in the captions. */}
      <video ref={video} muted playsInline autoPlay aria-hidden="true" />
    </div>
  );
}

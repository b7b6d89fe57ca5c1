import { useEffect, useRef, useState } from 'react';

import { Button } from '../../design/Button';
import { Icon } from '../../design/Icon';
import { useMessages } from '../../messages';
import './camera.css';
import { useCamera } from './useCamera';

interface CameraCornerProps {
  owner: string;
  session_token: string;
}

/** The optional camera, in a corner of Aila's picture: off until it is switched on, and never on unseen. */
export function CameraCorner({ owner, session_token }: CameraCornerProps) {
  const t = useMessages().camera;
  const { camera, turnOn, turnOff } = useCamera(owner, session_token);
  const [pictureShown, setPictureShown] = useState(true);

  return (
    <section className="camera" data-on={camera.kind === 'on'} aria-label={t.title}>
      {camera.kind === 'on' ? (
        <>
          {pictureShown && (
            <div className="camera__self">
              <SelfView stream={camera.stream} label={t.you} />
              <button type="button" className="camera__hide" aria-label={t.hide} onClick={() => { setPictureShown(false); }}><Icon name="close" /></button>
            </div>
          )}
          <p className="camera__sign" role="status">
            <span className="camera__light" aria-hidden="true" />
            {t.on}
          </p>
          <div className="camera__actions">
            {!pictureShown && <Button size="small" onClick={() => { setPictureShown(true); }}>{t.show}</Button>}
            <Button size="small" icon="cameraOff" onClick={turnOff}>{t.turnOff}</Button>
          </div>
        </>
      ) : (
        <>
          <Button size="small" icon="camera" disabled={camera.kind === 'starting'} onClick={() => void turnOn()}>
            {camera.kind === 'starting' ? t.starting : t.turnOn}
          </Button>
          <div role="alert">
            {camera.kind === 'refused' && <p className="camera__trouble"><Icon name="alert" /> {t[camera.why]}</p>}
          </div>
        </>
      )}
    </section>
  );
}

function SelfView({ stream, label }: { stream: MediaStream; label: string }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current === null) return;
    video.current.srcObject = stream;
    void video.current.play().catch(() => undefined);
  }, [stream]);
  return (
    <div className="camera__picture" role="img" aria-label={label}>
      <video ref={video} muted playsInline autoPlay aria-hidden="true" />
    </div>
  );
}

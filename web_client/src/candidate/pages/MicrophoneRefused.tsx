import { Button } from '../../design/Button';
import { Notice } from '../../design/Notice';
import { useMessages } from '../../messages';
import { browserOf, type MicrophoneRefusal } from '../core/microphone';

/** Why there is no microphone, with the steps for this very browser. */
export function MicrophoneRefused({ refusal, onRetry }: { refusal: MicrophoneRefusal; onRetry: () => void }) {
  const t = useMessages();
  const words = t.devices.refusal[refusal];
  return (
    <Notice tone="danger" live="assertive">
      <div className="stack" data-gap="s">
        <strong>{words.title}</strong>
        {refusal === 'denied' ? (
          <ol className="bullets">
            {t.devices.permissionHelp[browserOf(navigator.userAgent)].map((step) => <li key={step}>{step}</li>)}
          </ol>
        ) : (
          'body' in words && <p>{words.body}</p>
        )}
        {refusal !== 'insecure' && (
          <div>
            <Button size="small" onClick={onRetry}>{t.common.tryAgain}</Button>
          </div>
        )}
      </div>
    </Notice>
  );
}

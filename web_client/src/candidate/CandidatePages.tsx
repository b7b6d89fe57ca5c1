import { useParams } from 'react-router';

import { Loading } from '../design/Loading';
import { useMessages } from '../messages';
import './candidate.css';
import { assertNever } from './core/call';
import { AfterwardsPage } from './pages/AfterwardsPage';
import { CompletedPage } from './pages/CompletedPage';
import { DevicePage } from './pages/DevicePage';
import { ErasedPage } from './pages/ErasedPage';
import { RefusedPage } from './pages/RefusedPage';
import { TrustPage } from './pages/TrustPage';
import { WelcomeBackPage } from './pages/WelcomeBackPage';
import { TypedInterview } from './typed/TypedInterview';
import { useJourney } from './useJourney';
import { VoiceInterview } from './call/VoiceInterview';

/** Everything a candidate sees, from the invitation's link to the thanks. */
export default function CandidatePages() {
  const { token = '' } = useParams();
  const t = useMessages();
  const { journey, actions } = useJourney(token);

  switch (journey.page) {
    case 'loading':
      return <Loading label={t.common.loading} />;
    case 'refused':
      return <RefusedPage problem={journey.problem} onRetry={actions.reload} />;
    case 'completed':
      return <CompletedPage {...journey} onOpen={() => void actions.comeBack()} />;
    case 'trust':
      return <TrustPage {...journey} onVoice={actions.checkDevices} onText={(c) => void actions.join(c, 'text', null)} />;
    case 'welcome_back':
      return (
        <WelcomeBackPage
          {...journey}
          onGo={(mode) => void actions.join(journey.consents, mode, null)}
          onDevices={() => { actions.checkDevices(journey.consents); }}
          onReview={actions.backToTrust}
        />
      );
    case 'device_check':
      return (
        <DevicePage
          invite={token}
          error={journey.error}
          joining={journey.joining}
          onStart={(microphone_id) => void actions.join(journey.consents, 'voice', microphone_id)}
          onText={() => void actions.join(journey.consents, 'text', null)}
          onBack={actions.backToTrust}
        />
      );
    case 'interview':
      if (journey.joined.mode === 'text') {
        return <TypedInterview joined={journey.joined} invitation={journey.invitation} onEnded={actions.ended} />;
      }
      return (
        <VoiceInterview
          invite={token}
          consents={journey.consents}
          joined={journey.joined}
          microphone_id={journey.microphone_id}
          onEnded={actions.ended}
          onText={() => actions.join(journey.consents, 'text', null)}
        />
      );
    case 'afterwards':
      return <AfterwardsPage {...journey} onErased={actions.erased} />;
    case 'erased':
      return <ErasedPage receipt={journey.receipt} />;
    default:
      return assertNever(journey);
  }
}

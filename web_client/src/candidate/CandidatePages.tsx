import { useEffect } from 'react';
import { useParams } from 'react-router';

import { Loading } from '../design/Loading';
import { useMessages } from '../messages';
import './candidate.css';
import { assertNever } from './core/call';
import type { Consents, Journey } from './core/journey';
import { sendCamera } from './camera/uploads';
import { InterviewLanguage } from './interviewLanguage';
import { ownerOf } from './memory';
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
  const { journey, actions } = useJourney(token);
  return (
    <InterviewLanguage value={'invitation' in journey ? journey.invitation.interview_language : 'en'}>
      <Page token={token} journey={journey} actions={actions} />
    </InterviewLanguage>
  );
}

type Actions = ReturnType<typeof useJourney>['actions'];

function Page({ token, journey, actions }: { token: string; journey: Journey; actions: Actions }) {
  const t = useMessages();
  const error = 'error' in journey && journey.error !== null ? t.problems[journey.error] : null;

  switch (journey.page) {
    case 'loading':
      return <Loading label={t.common.loading} />;
    case 'refused':
      return <RefusedPage problem={journey.problem} onRetry={actions.reload} />;
    case 'completed':
      return <CompletedPage {...journey} error={error} onOpen={() => void actions.comeBack()} />;
    case 'trust':
      return <Trust journey={journey} error={error} actions={actions} />;
    case 'welcome_back':
      return (
        <WelcomeBackPage
          {...journey}
          error={error}
          onGo={(mode) => void actions.join(journey.consents, mode, null)}
          onDevices={() => { actions.checkDevices(journey.consents); }}
          onReview={actions.backToTrust}
        />
      );
    case 'device_check':
      return (
        <DevicePage
          invite={token}
          error={error}
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
      return (
        <>
          <CameraLeftovers token={token} session_token={journey.session_token} />
          <AfterwardsPage {...journey} onErased={actions.erased} />
        </>
      );
    case 'erased':
      return <ErasedPage receipt={journey.receipt} />;
    default:
      return assertNever(journey);
  }
}

/** What the camera recorded while the network was away is sent now, unseen. */
function CameraLeftovers({ token, session_token }: { token: string; session_token: string }) {
  useEffect(() => { sendCamera(ownerOf(token), session_token); }, [token, session_token]);
  return null;
}

type TrustJourney = Extract<Journey, { page: 'trust' }>;

/** A text that was changed, or is in another language, is another text: nothing in it is ticked yet. */
function Trust({ journey, error, actions }: { journey: TrustJourney; error: string | null; actions: Actions }) {
  const { version, language } = journey.invitation.consents;
  const read = (given: Consents): Consents => ({ ...given, text: { version, language } });
  return (
    <TrustPage
      key={`${version} ${language}`}
      {...journey}
      error={error}
      onVoice={(given) => { actions.checkDevices(read(given)); }}
      onText={(given) => void actions.join(read(given), 'text', null)}
    />
  );
}

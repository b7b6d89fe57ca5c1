import { useCallback, useEffect, useMemo, useReducer, useState } from 'react';

import { ApiProblem } from '../api/client';
import { join, readInvitation, returnToInterview } from './candidateApi';
import { journeyStart, reduceJourney, type Consents, type InvitationProblem, type Mode, type Receipt } from './core/journey';
import { forget, rememberConsents, rememberedConsents } from './memory';
import { wakeAudio } from './sound/audioContext';

const problems: Readonly<Record<string, InvitationProblem>> = {
  'urn:aila:problem:invitation-expired': 'expired',
  'urn:aila:problem:invitation-forged': 'forged',
  'urn:aila:problem:invitation-revoked': 'revoked',
  'urn:aila:problem:invitation-erased': 'erased',
  'urn:aila:problem:too-many-requests': 'busy',
};

function problemOf(error: unknown): InvitationProblem {
  if (!(error instanceof ApiProblem)) return 'other';
  if (error.status === null) return 'unreachable';
  if (error.status === 422 || error.status === 400) return problems[error.type] ?? 'forged';
  return problems[error.type] ?? 'other';
}

/** The journey's state, with what moves it: the API, and the candidate's taps. */
export function useJourney(token: string) {
  const [journey, dispatch] = useReducer(reduceJourney, journeyStart);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let current = true;
    readInvitation(token).then(
      (invitation) => {
        if (current) dispatch({ type: 'invitation_read', invitation, remembered: rememberedConsents(token) });
      },
      (error: unknown) => {
        if (current) dispatch({ type: 'invitation_refused', problem: problemOf(error), detail: null });
      },
    );
    return () => { current = false; };
  }, [token, attempt]);

  const joinAs = useCallback(
    async (consents: Consents, mode: Mode, microphone_id: string | null) => {
      if (mode === 'voice') wakeAudio();
      dispatch({ type: 'joining' });
      try {
        const joined = await join(token, consents, mode);
        rememberConsents(token, consents);
        dispatch({ type: 'joined', joined, consents, microphone_id });
      } catch (error) {
        if (error instanceof ApiProblem && error.type.endsWith('interview-completed')) setAttempt((n) => n + 1);
        dispatch({ type: 'join_failed', error: error instanceof Error ? error.message : String(error) });
      }
    },
    [token],
  );

  const comeBack = useCallback(async () => {
    dispatch({ type: 'joining' });
    try {
      dispatch({ type: 'returned', session_token: await returnToInterview(token) });
    } catch (error) {
      dispatch({ type: 'join_failed', error: error instanceof Error ? error.message : String(error) });
    }
  }, [token]);

  const actions = useMemo(
    () => ({
      reload: () => { setAttempt((n) => n + 1); },
      checkDevices: (consents: Consents) => { dispatch({ type: 'check_devices', consents }); },
      backToTrust: () => { dispatch({ type: 'back_to_trust' }); },
      join: joinAs,
      comeBack,
      erased: (receipt: Receipt) => {
        forget(token);
        dispatch({ type: 'erased', receipt });
      },
      ended: (reason: string) => { dispatch({ type: 'interview_ended', reason }); },
    }),
    [joinAs, comeBack, token],
  );

  return { journey, actions };
}

import { useCallback, useEffect, useMemo, useReducer, useState } from 'react';

import { ApiProblem } from '../api/client';
import { presentMessages, useMessages } from '../messages';
import { join, readInvitation, returnToInterview } from './candidateApi';
import { journeyStart, reduceJourney, type Consents, type InvitationProblem, type Mode, type Receipt } from './core/journey';
import { forgetCamera } from './camera/uploads';
import { checkingStore, forget, ownerOf, rememberConsents, rememberedConsents } from './memory';
import { problemKindOf } from './problemKind';
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
    readInvitation(token, presentMessages().language).then(
      (invitation) => {
        if (current) dispatch({ type: 'invitation_read', invitation, remembered: rememberedConsents(token), checking: checkingStore.read(token) });
      },
      (error: unknown) => {
        if (current) dispatch({ type: 'invitation_refused', problem: problemOf(error), detail: null });
      },
    );
    return () => { current = false; };
  }, [token, attempt]);

  const { language } = useMessages();
  const shown = journey.page === 'trust' ? journey.invitation.consents.language : null;
  useEffect(() => {
    if (shown === null || shown === language) return;
    let current = true;
    readInvitation(token, language).then(
      (invitation) => { if (current) dispatch({ type: 'invitation_translated', invitation }); },
      // The text stays as it is; it says which language it is in.
      () => undefined,
    );
    return () => { current = false; };
  }, [token, language, shown]);

  /** Back to the text, as it is now: what this browser remembers was agreed to another one. */
  const readAgain = useCallback(async () => {
    forget(token);
    try {
      const invitation = await readInvitation(token, presentMessages().language);
      dispatch({ type: 'invitation_read', invitation, remembered: null, checking: null });
    } catch {
      // The page says what went wrong; trying again may get further.
    }
  }, [token]);

  const joinAs = useCallback(
    async (consents: Consents, mode: Mode, microphone_id: string | null) => {
      if (mode === 'voice') wakeAudio();
      dispatch({ type: 'joining' });
      try {
        const joined = await join(token, consents, mode);
        rememberConsents(token, consents);
        checkingStore.write(token, null);
        dispatch({ type: 'joined', joined, consents, microphone_id });
      } catch (error) {
        const kind = problemKindOf(error);
        if (kind === 'interview-completed') setAttempt((n) => n + 1);
        if (kind === 'consent-text-changed') await readAgain();
        dispatch({ type: 'join_failed', error: kind });
      }
    },
    [token, readAgain],
  );

  const comeBack = useCallback(async () => {
    dispatch({ type: 'joining' });
    try {
      dispatch({ type: 'returned', session_token: await returnToInterview(token) });
    } catch (error) {
      dispatch({ type: 'join_failed', error: problemKindOf(error) });
    }
  }, [token]);

  const actions = useMemo(
    () => ({
      reload: () => { setAttempt((n) => n + 1); },
      checkDevices: (consents: Consents) => {
        checkingStore.write(token, consents);
        dispatch({ type: 'check_devices', consents });
      },
      backToTrust: () => {
        checkingStore.write(token, null);
        dispatch({ type: 'back_to_trust' });
      },
      join: joinAs,
      comeBack,
      erased: (receipt: Receipt) => {
        forget(token);
        void forgetCamera(ownerOf(token));
        dispatch({ type: 'erased', receipt });
      },
      ended: (reason: string) => { dispatch({ type: 'interview_ended', reason }); },
    }),
    [joinAs, comeBack, token],
  );

  return { journey, actions };
}
